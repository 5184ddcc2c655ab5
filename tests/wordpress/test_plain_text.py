"""The tests' own converter does what a reader expects; needs no WordPress."""

import pytest

from tests.wordpress.plain_text import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p>Satu.</p>\n<p>Dua.</p>", "Satu.\n\nDua.", id="paragraphs"),
        pytest.param("<h2>Judul</h2>teks <b>te</b>bal", "Judul\n\nteks tebal", id="inline markup"),
        pytest.param("<p>baris\n  baru</p>", "baris baru", id="white space of the source"),
        pytest.param("<p>a<br />b</p>", "a\nb", id="single line break"),
        pytest.param("<div>a<br>\n<br>b<br></div>", "a\n\nb", id="two line breaks"),
        pytest.param(
            "<div>a<br>&nbsp;<br>b</div>", "a\n\nb", id="line with a no-break space only"
        ),
        pytest.param("<p>a&nbsp;b</p><p>&nbsp;</p>", "a\u00a0b", id="no-break spaces"),
        pytest.param("<p>&#8220;Ya&#8221; &amp; &lt;b&gt;</p>", "“Ya” & <b>", id="entities"),
        pytest.param("<p>m<sup>2</sup></p>", "m2", id="superscript"),
        pytest.param("<div>a<p>b</div>c", "a\n\nb\n\nc", id="paragraph left open"),
        pytest.param("<pre>a\nb\n\nc</pre>", "a\nb\n\nc", id="lines of a verse"),
        pytest.param(
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "a\n\nb\n\nc", id="nested list"
        ),
        pytest.param(
            "<table><tr><th>a</th><th>b</th></tr><tr><td><p>c</td><td>d<br>e</td></tr></table>",
            "a\tb\n\nc\td\ne",
            id="table",
        ),
        pytest.param("<table><tr><td><img></td></tr></table>a", "a", id="table without text"),
        pytest.param(
            "<blockquote><p>a</p><cite>b</cite></blockquote>", "a\n\nb", id="quotation and source"
        ),
        pytest.param(
            '<p>a</p><figure><img alt="x"><figcaption>c</figcaption></figure><p>b</p>',
            "a\n\nb",
            id="figure with caption",
        ),
        pytest.param(
            "<dl class='gallery-item'><dt><a><img></a></dt>"
            "<dd class='wp-caption-text gallery-caption'>c</dd></dl>a",
            "a",
            id="classic gallery",
        ),
        pytest.param(
            '<div class="wp-caption">a<p class="wp-caption-text">b</p></div><p>c</p>',
            "a\n\nc",
            id="caption in a paragraph",
        ),
        pytest.param("<p>a <iframe>b</iframe> c</p>", "a c", id="player"),
        pytest.param(
            '<blockquote class="instagram-media"><blockquote>a</blockquote>b</blockquote>c',
            "c",
            id="post of another platform",
        ),
        pytest.param("a<script>b<p></script><style>c</style><form>d</form>", "a", id="not text"),
        pytest.param(
            'a <img class="emoji" alt="😀"> <img class="wp-smiley" alt=":D"> <img alt="x">b',
            "a 😀 :D b",
            id="smilies",
        ),
        pytest.param("<!--[if gte mso 9]><xml>a</xml><![endif]-->b", "b", id="comment of Word"),
        pytest.param("<p>a</p><p>Baca juga: <a>b</a></p>", "a", id="read also"),
        pytest.param("<p><strong>BACA JUGA :</strong> <a>b</a>.</p>", "", id="read also in bold"),
        pytest.param("<p><a>Baca juga: b</a></p>", "", id="read also inside the link"),
        pytest.param(
            "a<br>Baca juga: <a>b</a>, <a>c</a><br>d", "a\n\nd", id="read also in a line"
        ),
        pytest.param(
            "<p>Baca juga <a>b</a> ini.</p>", "Baca juga b ini.", id="read also sentence"
        ),
        pytest.param("<p>Baca juga buku.</p>", "Baca juga buku.", id="read also without a link"),
        pytest.param(
            "<p>Baca juga:</p><ul><li><a>b</a></li><li><a>c</a>.</li></ul><p><a>d</a> e</p>",
            "d e",
            id="read also list",
        ),
        pytest.param("<p>Baca juga:</p><p>itu pesannya.</p>", "itu pesannya.", id="label alone"),
        pytest.param("<p>Simak <a>b</a></p>", "Simak b", id="other link"),
    ],
)
def test_html_becomes_the_text_a_reader_sees(html: str, text: str) -> None:
    assert plain_text(html) == text
