"""Hosts that tie nobody to anything: who has an address there is only a customer."""

_MAIL = """
163 aol bbox bell bluewin btinternet caramail citycable club-internet comcast cox duck
earthlink fastmail free gmail gmx googlemail hey hispeed hotmail icloud ik inbox
infomaniak laposte live mac mail mailbox mailo me msn netplus neuf numericable orange
outlook pm posteo proton protonmail proximus qq rocketmail rogers romandie sbcglobal
scarlet sfr shaw sky skynet sunrise sympatico talktalk telenet telus tuta tutanota
verizon videotron virginmedia voo vtxnet wanadoo web yahoo yandex ymail zoho
"""
_PLATFORMS = """
about amazon bit blogger blogspot bsky facebook flickr github gitlab goo google
instagram linkedin mastodon medium pinterest stackoverflow substack tiktok tumblr
twitter typepad vimeo wikimedia wikipedia wordpress x youtu youtube
"""
MAIL_PROVIDERS = frozenset(_MAIL.split())
PLATFORMS = frozenset(_PLATFORMS.split())
