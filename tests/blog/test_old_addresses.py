"""Addresses of the blog before this one."""

import pytest
from django.contrib.redirects.models import Redirect
from lxml import html as lxml_html

from ctts.addresses import client_ip

pytestmark = pytest.mark.django_db


def test_an_old_address_leads_to_the_new_one(client, post):
    new = f"/fr{post.get_absolute_url()[3:]}"
    Redirect.objects.create(site_id=1, old_path="/archives/pain/", new_path=new)

    response = client.get("/archives/pain/")

    assert (response.status_code, response["Location"]) == (301, new)


@pytest.mark.parametrize("address", ["/archives/parti/", "/?p=77"])
def test_an_address_of_what_was_taken_away_says_so(client, address):
    Redirect.objects.create(site_id=1, old_path=address, new_path="")

    response = client.get(address)

    assert response.status_code == 410
    assert lxml_html.fromstring(response.content).findtext(".//h1")


@pytest.mark.parametrize(
    ("forwarded", "caller"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("", "127.0.0.1"),
    ],
)
def test_behind_a_proxy_the_caller_is_whom_the_proxy_saw(rf, forwarded, caller):
    request = rf.get("/", headers={"x-forwarded-for": forwarded})

    assert client_ip(request) == caller
