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
about amazon bit blogger blogspot bsky facebook flickr github gitlab goo google gravatar
instagram linkedin mastodon medium pinterest stackoverflow substack tiktok tumblr
twitter typepad vimeo wikimedia wikipedia wordpress x youtu youtube
"""
_SHORTENERS = """
adf adfly bit bitly buff cutt dlvr goo is linkbucks ouo ow rb rebrand shorte smarturl t
tiny tinyurl trib urlz
"""
_MARKETS = """
aliexpress avaaz cafepress change clickbank ebay etsy fiverr gofundme gumroad indiegogo
kickstarter kisskissbankbank leetchi mesopinions patreon redbubble sellfy shein
spreadshirt spreadshop teespring temu ulule vinted wish zazzle
"""
MAIL_PROVIDERS = frozenset(_MAIL.split())
PLATFORMS = frozenset(_PLATFORMS.split())
SHORTENERS = frozenset(_SHORTENERS.split())
"""They hide where a link leads, and count who follows it."""
MARKETS = frozenset(_MARKETS.split())
"""Shops, fund-raisers and petitions which everybody may open a page at."""
