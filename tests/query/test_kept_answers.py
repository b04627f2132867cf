"""query/kept_answers.py: what is kept is bounded, and each site's own."""

from collector.query.kept_answers import KeptAnswers


def test_an_answer_is_made_once_for_what_it_depends_on() -> None:
    kept, made = KeptAnswers(), []

    def make() -> bytes:
        made.append(1)
        return b"answer %d" % len(made)

    assert [kept.get("shop", key, make) for key in ("a", "a", "b", "a")] == [
        b"answer 1", b"answer 1", b"answer 2", b"answer 1",
    ]  # fmt: skip
    assert kept.get("blog", "a", make) == b"answer 3"


def test_the_least_used_go_first_and_a_site_forgets_only_its_own() -> None:
    kept = KeptAnswers(most=2)
    for key in ("a", "b", "a", "c"):
        kept.get("shop", key, lambda: b"old")
    found = {key: kept.get("shop", key, lambda: b"new") for key in ("a", "c", "b")}
    assert found == {"a": b"old", "c": b"old", "b": b"new"}
    kept.get("blog", "a", lambda: b"blog")
    assert kept.clear("shop") == 1
    assert kept.clear("shop") == 0
    assert kept.clear("blog") == 1
