"""enrich/channel.py: the first rule that holds names the channel."""

import pytest

from collector.enrich.channel import CHANNELS, DIRECT, RULES, name_channel
from collector.enrich.source import CLICK_ID_MEANINGS, find_source


@pytest.mark.parametrize(
    ("tag", "medium", "campaign", "host", "channel"),
    [
        (None, None, None, None, "Direct"),
        (None, None, None, "www.google.de", "Organic Search"),
        (None, None, None, "duckduckgo.com", "Organic Search"),
        (None, None, None, "www.facebook.com", "Organic Social"),
        (None, None, None, "out.reddit.com", "Organic Social"),
        (None, None, None, "m.youtube.com", "Organic Video"),
        (None, None, None, "www.amazon.co.uk", "Organic Shopping"),
        (None, None, None, "mail.google.com", "Email"),
        (None, None, None, "com.google.android.gm", "Email"),
        (None, None, None, "chatgpt.com", "AI Assistants"),
        (None, None, None, "gemini.google.com", "AI Assistants"),
        (None, None, None, "www.perplexity.ai", "AI Assistants"),
        (None, None, None, "news.google.com", "Referral"),
        (None, None, None, "blog.example", "Referral"),
        (None, None, None, "notgoogle.com", "Referral"),
        ("google", "cpc", None, None, "Paid Search"),
        ("adwords", "ppc", None, None, "Paid Search"),
        ("fb", "paid_social", None, None, "Paid Social"),
        ("facebook", "cpc", None, None, "Paid Social"),
        ("youtube", "cpv", None, None, "Paid Video"),
        ("youtube", "paid", None, None, "Paid Video"),
        ("amazon", "cpc", None, None, "Paid Shopping"),
        ("partner", "cpc", "spring-shopping", None, "Paid Shopping"),
        ("partner", "organic", "spring-shop", None, "Organic Shopping"),
        ("partner", "organic", "workshops", None, "Organic Search"),
        ("partner", "banner", None, None, "Display"),
        ("partner", "cpm", None, None, "Display"),
        ("partner", "display", None, None, "Display"),
        ("partner", "cpc", None, None, "Paid Other"),
        ("partner", "paid_audio", None, None, "Paid Audio"),
        ("google", "cpc", "eu-cross-network", None, "Cross-network"),
        ("newsletter", None, None, None, "Email"),
        ("may", "E-Mail", None, None, "Email"),
        ("mailchimp", None, None, None, "Email"),
        ("partner", "affiliate", None, None, "Affiliates"),
        ("spotify", "audio", None, None, "Audio"),
        ("sms", None, None, None, "SMS"),
        ("twilio", "sms", None, None, "SMS"),
        ("app", "push", None, None, "Mobile Push"),
        ("firebase", None, None, None, "Mobile Push"),
        ("blog", "social-media", None, None, "Organic Social"),
        ("blog", "video", None, None, "Organic Video"),
        ("portal", "organic", None, None, "Organic Search"),
        ("partner", "referral", None, None, "Referral"),
        ("partner", None, None, None, "Referral"),
        (None, "referral", None, None, "Referral"),
        ("chatgpt.com", None, None, None, "AI Assistants"),
        ("newsletter", "email", None, "www.google.com", "Email"),
    ],
)  # fmt: skip
def test_the_channel_of_a_visit(tag, medium, campaign, host, channel) -> None:
    source = find_source(tag, None, host)
    kind, name = (source.kind, tag or source.name) if source else (None, None)
    assert name_channel(kind, name, medium, campaign) == channel


@pytest.mark.parametrize(
    ("click_id", "host", "source", "channel"),
    [
        ("gclid", "www.google.com", "Google", "Paid Search"),
        ("gbraid", None, "Google", "Paid Search"),
        ("wbraid", None, "Google", "Paid Search"),
        ("msclkid", "www.bing.com", "Bing", "Paid Search"),
        ("yclid", None, "Yandex", "Paid Search"),
        ("ttclid", None, "TikTok", "Paid Social"),
        ("twclid", "t.co", "X", "Paid Social"),
        ("li_fat_id", None, "LinkedIn", "Paid Social"),
        ("dclid", None, "DoubleClick", "Display"),
        ("fbclid", None, "Facebook", "Organic Social"),
        ("fbclid", "l.instagram.com", "Instagram", "Organic Social"),
        ("mc_cid", None, "Mailchimp", "Email"),
    ],
)
def test_a_click_id_names_source_and_medium(click_id: str, host: str | None, source: str, channel: str) -> None:
    found = find_source(None, click_id, host)
    assert found is not None
    assert found.name == source
    assert name_channel(found.kind, found.name, CLICK_ID_MEANINGS[click_id].medium, None) == channel


def test_every_channel_can_be_reached_and_has_one_name() -> None:
    assert len(CHANNELS) == len(set(CHANNELS)) == 20
    assert CHANNELS[0] == DIRECT
    assert {rule.channel for rule in RULES} == set(CHANNELS) - {DIRECT}
