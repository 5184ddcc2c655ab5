"""The text of a tree: blocks, lines, rows, and not a character more."""

import pytest
from lxml.html import fromstring

from borneone_crawler.cleaning.blocks import blocks_of, text_of


def text(html: str) -> str:
    return text_of(blocks_of(fromstring(f"<div>{html}</div>")))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Satu</p><p>Dua</p>", "Satu\n\nDua"),
        ("Satu<br>Dua", "Satu\nDua"),
        ("Satu<br><br>Dua", "Satu\n\nDua"),
        ("Satu<br>\n<br />\n<br>Dua", "Satu\n\nDua"),
        ("Satu<br>&nbsp;<br>Dua", "Satu\n\nDua"),
        ("<div>Satu<br><br>Dua<p>Tiga</p>Empat</div>", "Satu\n\nDua\n\nTiga\n\nEmpat"),
        ("Satu <b>dua</b>\n tiga", "Satu dua tiga"),
        ("Satu<b>dua</b>", "Satudua"),
        ("<p>Rp&nbsp;85.000\t dan  Rp\n2</p>", "Rp\xa085.000 dan Rp 2"),
        ("<p>&nbsp;</p><p>\u200b</p><p>Satu</p>", "Satu"),
        ("<p>&nbsp; Menjorok</p>", "\xa0 Menjorok"),
        ("<ul><li>Satu<ul><li>Dua</li></ul></li><li>Tiga</li></ul>", "Satu\n\nDua\n\nTiga"),
        ("<ol><li>Satu</li></ol>", "Satu"),
        ("<dl><dt>Satu</dt><dd>Dua</dd></dl>", "Satu\n\nDua"),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td></td></tr></table>",
            "a\tb\n\nc\t",
        ),
        ("<table><tr><td>a<br>b</td><td><p>c</p><p>d</p></td></tr></table>", "a\nb\tc\nd"),
        ("<table><tr><td><p>Satu</p><p>Dua</p></td></tr></table>", "Satu\n\nDua"),
        ("<blockquote><p>Satu</p><cite>Dua</cite></blockquote>", "Satu\n\nDua"),
        ("<pre>Satu\n  dua\n\nTiga</pre>", "Satu\ndua\n\nTiga"),
        ("<p>Satu<script>x</script><style>y</style><noscript>z</noscript> dua</p>", "Satu dua"),
        ("<p>Satu<!-- rahasia --> dua<?pi x?></p>", "Satu dua"),
        ("<p class=MsoNormal>Satu<o:p></o:p></p><p><o:p>&nbsp;</o:p></p>", "Satu"),
        ("<div>Satu</p>\n<p>Dua</div></p>\n<p>Tiga</p>", "Satu\n\nDua\n\nTiga"),
        ("<p>𝐏𝐨𝐧 👨‍👩‍👧 “kata” – ‘x’…</p>", "𝐏𝐨𝐧 👨‍👩‍👧 “kata” – ‘x’…"),
        ("", ""),
    ],
)
def test_text(html: str, expected: str) -> None:
    assert text(html) == expected


def test_a_tree_a_thousand_elements_deep_is_read() -> None:
    assert text("<b>" * 200 + "Dalam" + "</b>" * 200) == "Dalam"
