"""Cleaning a tree: what goes, what stays, and that a second time changes nothing."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring, tostring

from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.blocks import blocks_of, text_of
from borneone_crawler.cleaning.lines import Known
from borneone_crawler.cleaning.markup import html_of
from borneone_crawler.cleaning.tree import remove_elements, remove_lines

RULES = rules.load()
KNOWN = Known("Judul Berita", ["Lay"])

# Paragraphs no rule may touch: sentences, among them those that only mention the words.
PROTECTED = st.one_of(
    st.sampled_from([rule.keeps.replace("{author}", "Lay") for rule in RULES.all]),
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60).map(
        lambda words: f"Kata dia, {words.strip()} begitu."
    ),
)
BOILERPLATE = st.sampled_from(
    [
        rule.example.replace("{headline}", "Judul Berita")
        for rule in RULES.all
        if not getattr(rule, "only", None) and not getattr(rule, "to_end", False)
    ]
)
PIECES = st.lists(
    st.tuples(st.booleans(), PROTECTED, BOILERPLATE, st.sampled_from(["p", "div", "li", "h3"])),
    max_size=12,
)


def page(pieces: list[tuple[bool, str, str, str]]) -> tuple[str, list[str]]:
    html, protected = [], []
    for keeps, sentence, example, tag in pieces:
        if keeps:
            html.append(f"<{tag}>{escape(sentence)}</{tag}>")
            protected.append(sentence)
        else:
            html.append(example if example.startswith("<") else f"<p>{escape(example)}</p>")
    return f"<div>{''.join(html)}</div>", protected


def clean(html: str) -> tuple[str, int]:
    tree = fromstring(html)
    taken = remove_elements(tree, RULES) + remove_lines(tree, RULES, KNOWN)
    return tostring(tree, encoding="unicode"), len(taken)


@given(PIECES)
def test_no_character_of_a_protected_paragraph_is_lost_and_order_is_kept(
    pieces: list[tuple[bool, str, str, str]],
) -> None:
    html, protected = page(pieces)
    bare = "<div>" + "".join(f"<p>{escape(one)}</p>" for one in protected) + "</div>"
    cleaned = fromstring(clean(html)[0])
    assert text_of(blocks_of(cleaned)) == text_of(blocks_of(fromstring(bare)))


@given(PIECES)
def test_cleaning_twice_is_cleaning_once(pieces: list[tuple[bool, str, str, str]]) -> None:
    once, _ = clean(page(pieces)[0])
    again, taken = clean(once)
    assert (again, taken) == (once, 0)


def test_a_line_goes_with_its_break_and_parts_no_paragraph() -> None:
    tree = fromstring('<p>Satu<br>Baca juga: <a href="/x/">Lain</a><br>Dua</p>')
    taken = remove_lines(tree, RULES, KNOWN)
    assert text_of(blocks_of(tree)) == "Satu\nDua"
    assert [(one.rule.name, one.links) for one in taken] == [("read-also", [("/x/", "Lain")])]


def test_of_preformatted_text_the_line_goes_and_not_its_like_in_a_sentence() -> None:
    tree = fromstring("<div><pre>Lapangan 20 × 40 meter.\n×\nBegitu.</pre></div>")
    remove_lines(tree, RULES, KNOWN)
    assert text_of(blocks_of(tree)) == "Lapangan 20 × 40 meter.\n\nBegitu."


def test_a_line_goes_too_behind_an_element_that_goes() -> None:
    html = '<div><pre><b>×</b>\nTags: <a href="/tag/x/">X</a>\nIsi.</pre></div>'
    tree = fromstring(html)
    remove_lines(tree, RULES, KNOWN)
    assert text_of(blocks_of(tree)) == "Isi."


def test_what_holds_the_text_is_never_taken() -> None:
    tree = fromstring('<div><div class="sharedaddy"><div id="text"><p>Isi.</p></div></div></div>')
    remove_elements(tree, RULES, protected=tree.get_element_by_id("text"))
    assert text_of(blocks_of(tree)) == "Isi."


def test_the_text_behind_an_element_stays() -> None:
    tree = fromstring('<div>Satu <span class="sharedaddy">x</span> dua</div>')
    remove_elements(tree, RULES)
    assert text_of(blocks_of(tree)) == "Satu dua"


def test_bare_texts_around_a_block_that_goes_stay_two() -> None:
    for html in (
        'Kalimat satu.<div class="sharedaddy">x</div>Kalimat dua.',
        '<b>Kalimat</b> satu.<p class="sharedaddy">x</p><i>Kalimat</i> dua.',
        "Kalimat satu.<p>Iklan</p>Kalimat dua.",
    ):
        tree = fromstring(f"<div>{html}</div>")
        remove_elements(tree, RULES)
        remove_lines(tree, RULES, Known(None))
        assert text_of(blocks_of(tree)) == "Kalimat satu.\n\nKalimat dua.", html
    tree = fromstring('<div>Kali<span class="sharedaddy">x</span>mat satu.</div>')
    remove_elements(tree, RULES)
    assert text_of(blocks_of(tree)) == "Kalimat satu."


def test_the_html_for_people_is_sanitised() -> None:
    tree = fromstring(
        '<div>a &amp; b<p onclick="x()">Satu <a href="javascript:x()">dua</a>'
        '<script>x</script><a href="https://x.example/" style="y">tiga</a></p></div>'
    )
    html = html_of([tree])
    assert html == (
        '<p>Satu <a rel="noopener noreferrer nofollow">dua</a>'
        '<a href="https://x.example/" rel="noopener noreferrer nofollow">tiga</a></p>'
    ).join(["a &amp; b", ""])


def test_a_comment_beside_a_block_that_goes_is_no_words() -> None:
    html = '<div><!-- iklan --><div class="sharedaddy">Bagikan</div><p>Satu.</p></div>'
    assert text_of(blocks_of(fromstring(clean(html)[0]))) == "Satu."
