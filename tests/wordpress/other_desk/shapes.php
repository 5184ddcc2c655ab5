<?php
// The shapes of the other desk's posts; what a shape is made of is told in ../shapes.php.

return [
    'classic' => [20, fn(Desk $d) => ['post_content' => $d->classic($d->prose->between(3, 12))]],
    'blocks' => [20, fn(Desk $d) => ['post_content' => $d->blocks($d->prose->between(3, 12))]],
    'brief of two paragraphs' => [3, fn(Desk $d) => [
        'post_content' => $d->prose->lead() . "\n\n" . $d->prose->sentence(),
    ]],
    'every plug-in' => [3, fn(Desk $d) => [
        'post_content' => $d->blocks(6),
        'imitated' => PLUGINS,
        'comments' => 5,
    ]],
    'short text, many comments' => [2, fn(Desk $d) => [
        'post_content' => $d->prose->lead(),
        'comments' => 12,
    ]],

    // pictures
    'photo story' => [2, fn(Desk $d) => [
        'post_content' => $d->blocks(2, ...array_merge(...array_map(
            fn() => [$d->imageBlock($d->prose->caption()), $d->paragraph($d->prose->sentence())],
            range(1, 5)
        ))),
    ]],
    'caption with a link and a break' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block(
            'image',
            '<figure class="wp-block-image alignright size-medium is-resized">'
            . '<a href="https://contoh.example/asli">' . $d->image($d->photo()) . '</a>'
            . '<figcaption class="wp-element-caption">Peta wilayah.<br>Sumber: <a href='
            . '"https://contoh.example/peta">Badan Informasi</a></figcaption></figure>'
        )),
    ]],
    'caption, classic, left' => [2, function (Desk $d): array {
        $id = $d->photo();
        return ['post_content' => $d->classic(5, sprintf(
            '[caption id="attachment_%d" align="alignleft" width="300"]%s %s[/caption] %s',
            $id,
            $d->image($id),
            $d->prose->caption(),
            $d->prose->paragraph()
        ))];
    }],
    'picture beside text' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block(
            'media-text',
            '<div class="wp-block-media-text alignwide is-stacked-on-mobile"><figure class='
            . '"wp-block-media-text__media">' . $d->image($d->photo()) . '</figure><div class='
            . '"wp-block-media-text__content">' . $d->paragraph($d->prose->paragraph())
            . '</div></div>'
        )),
    ]],
    'text upon a picture' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block(
            'cover',
            '<div class="wp-block-cover"><span aria-hidden="true" class="wp-block-cover__'
            . 'background has-background-dim"></span>' . $d->image($d->photo())
            . '<div class="wp-block-cover__inner-container">'
            . $d->paragraph('Jejak di Hulu Sungai') . '</div></div>'
        )),
    ]],
    'gallery of three columns' => [1, function (Desk $d): array {
        $ids = array_map(fn() => $d->photo($d->prose->caption()), range(1, 6));
        return ['post_content' => $d->classic(2, sprintf(
            '[gallery columns="3" size="medium" link="file" ids="%s"]',
            implode(',', $ids)
        ))];
    }],
    'picture in the middle, by hand' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(3, "<center>{$d->image($d->photo(), 'Gambar')}</center>\n\n"
            . '<p style="text-align: center"><em>' . $d->prose->sentence() . '</em></p>'),
    ]],

    // what comes from other platforms
    'YouTube without cookies' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(4, '<iframe width="100%" height="400" src="https://www'
            . '.youtube-nocookie.com/embed/Zz9_yXwVuTs?start=12" title="YouTube video player"'
            . ' allowfullscreen></iframe>'),
    ]],
    'three players' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(
            4,
            'https://youtu.be/QqRrSsTtUu0',
            $d->prose->paragraph(),
            '<iframe src="https://player.vimeo.com/video/76979871?h=8272103f6e" width="640"'
            . ' height="360"></iframe>',
            $d->prose->paragraph(),
            '<iframe src="https://www.dailymotion.com/embed/video/x8abcde"></iframe>'
        ),
    ]],
    'video of Facebook' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block('html', '<iframe src="https://www.facebook.com'
            . '/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fborneonetv%2Fvideos'
            . '%2F1029384756%2F&show_text=0" width="476" height="476"></iframe>')),
    ]],
    'video file, block' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block('video', '<figure class="wp-block-video"><video'
            . ' controls src="' . home_url('/wp-content/uploads/banjir.mp4') . '"></video>'
            . '</figure>')),
    ]],
    'map and music' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            '<iframe src="https://www.google.com/maps/embed?pb=!1m18" width="600"></iframe>',
            $d->prose->paragraph(),
            '<iframe src="https://open.spotify.com/embed/track/4uLU6hMCjMI75M1A2tKUQC"></iframe>'
        ),
    ]],
    'posts of TikTok and Instagram' => [2, fn(Desk $d) => [
        'post_content' => $d->blocks(
            4,
            $d->block('html', '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/'
                . '@warga/video/7123456789012345678" data-video-id="7123456789012345678"><section>'
                . '<a target="_blank" href="https://www.tiktok.com/@warga">@warga</a> Jalan putus'
                . ' di hulu <a href="https://www.tiktok.com/tag/kalbar">#kalbar</a></section>'
                . '</blockquote><script async src="https://www.tiktok.com/embed.js"></script>'),
            $d->paragraph($d->prose->sentence()),
            $d->block('embed', '<figure class="wp-block-embed is-provider-instagram"><div class='
                . '"wp-block-embed__wrapper"><blockquote class="instagram-media" data-instgrm-'
                . 'permalink="https://www.instagram.com/reel/DaBc987/?utm_source=ig_embed"><a'
                . ' href="https://www.instagram.com/reel/DaBc987/">View this post on Instagram</a>'
                . '</blockquote></div></figure>')
        ),
    ]],

    // blocks of text
    'live report' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(2, ...array_map(
            fn(int $n) => "<strong>1$n.30 WIB</strong>\n{$d->prose->paragraph()}",
            range(1, 6)
        )),
    ]],
    'questions and answers' => [2, fn(Desk $d) => [
        'post_content' => $d->blocks(2, ...array_map($d->paragraph(...), [
            '<strong>Bagaimana Anda memulai?</strong>', $d->prose->paragraph(),
            '<strong>T:</strong> Lalu?<br><strong>J:</strong> ' . $d->prose->sentence(),
            '<strong>Apa pesan Anda?</strong>', 'Sederhana saja.', $d->prose->paragraph(),
        ])),
    ]],
    'numbered headings' => [2, fn(Desk $d) => [
        'post_content' => $d->blocks(2, ...array_merge(...array_map(fn(int $n) => [
            $d->block('heading', "<h3>$n. {$d->prose->sentence()}</h3>", ['level' => 3]),
            $d->paragraph($d->prose->paragraph()),
        ], range(1, 4)))),
    ]],
    'list in a list, ordered' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3, "<ol start=\"3\" type=\"a\">\n<li>Syarat umum:\n<ol>\n"
            . "<li>WNI</li>\n<li>Sehat</li>\n</ol>\n</li>\n<li>Syarat khusus</li>\n</ol>"),
    ]],
    'recipe' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(
            2,
            '<h2>Bahan</h2>',
            "<ul>\n<li>½ kg ikan patin</li>\n<li>2 sdt garam</li>\n<li>asam sunti</li>\n</ul>",
            '<h2>Cara membuat</h2>',
            "1. Cuci bersih.\n2. Rebus 20 menit.\n3. Sajikan."
        ),
    ]],
    'table of results' => [2, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block(
            'table',
            '<figure class="wp-block-table is-style-stripes"><table class="has-fixed-layout">'
            . '<thead><tr><th>No.</th><th>Calon</th><th>Suara</th></tr></thead><tbody><tr><td>1'
            . '</td><td>Kornelius</td><td>12.408</td></tr><tr><td>2</td><td>Fransiska<br>Lestari'
            . '</td><td>9.771</td></tr></tbody><tfoot><tr><td></td><td>Jumlah</td><td>22.179'
            . '</td></tr></tfoot></table></figure>'
        )),
    ]],
    'quotation with a paragraph in it' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block('quote', '<blockquote class="wp-block-quote">'
            . "<p>{$d->prose->sentence()}</p><p>{$d->prose->sentence()}</p><cite>Pepatah tua"
            . '</cite></blockquote>')),
    ]],
    'button and file' => [2, fn(Desk $d) => [
        'post_content' => $d->blocks(
            3,
            $d->block('buttons', '<div class="wp-block-buttons">' . $d->block(
                'button',
                '<div class="wp-block-button"><a class="wp-block-button__link"'
                . ' href="https://contoh.example/daftar">Daftar di sini</a></div>'
            ) . '</div>'),
            $d->block('file', '<div class="wp-block-file"><a href="https://contoh.example/edaran'
                . '.pdf">Surat edaran</a></div>')
        ),
    ]],
    'preformatted and code' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(
            3,
            $d->block('preformatted', "<pre class=\"wp-block-preformatted\">Tanjung  A  10\n"
                . "Tanjung  B  12</pre>"),
            $d->block('code', '<pre class="wp-block-code"><code>SMS: REG(spasi)NAMA</code></pre>')
        ),
    ]],
    'drop cap and spacer' => [1, fn(Desk $d) => [
        'post_content' => '<!-- wp:paragraph {"dropCap":true} --><p class="has-drop-cap">'
            . $d->prose->lead() . '</p><!-- /wp:paragraph -->' . "\n\n" . $d->block('spacer',
                '<div style="height:40px" aria-hidden="true" class="wp-block-spacer"></div>')
            . "\n\n" . $d->blocks(2),
    ]],
    'box of facts' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(3, '<div class="infobox" style="border: 1px solid"><h4>Data'
            . " dan Fakta</h4>\n<ul>\n<li>Luas: 132 ribu hektare</li>\n<li>Dihuni 12 desa</li>\n"
            . '</ul></div>'),
    ]],
    'paragraphs in divs and spans' => [2, fn(Desk $d) => [
        'post_content' => $d->html(implode('', array_map(
            fn(string $text) => "<div><span style=\"font-family: arial;\">$text</span></div>"
                . '<div><br></div>',
            $d->story(5)
        ))),
    ]],
    'line breaks alone' => [2, fn(Desk $d) => [
        'post_content' => $d->html(implode("<br>\n<br>\n", $d->story(6))),
    ]],
    'pasted from a messenger' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            2,
            "*Siaran Pers*\n_Nomor 12/IX/2022_",
            "📌 {$d->prose->sentence()}\n✅ {$d->prose->sentence()}\n👉🏻 Info: 0812-3456-7890",
            'cc: @kominfo #SalamSehat'
        ),
    ]],
    'footnotes' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            'Hutan adat itu diakui negara.<sup>1)</sup> Luasnya 4 km<sup>2</sup>.',
            '<hr />',
            '<small>1) Keputusan Menteri tahun 2018.</small>'
        ),
    ]],
    'multi-page, classic' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(5, '<!--nextpage-->', ...$d->prose->paragraphs(5)),
    ]],
    'multi-page, blocks' => [2, fn(Desk $d) => [
        'post_content' => implode("\n\n" . $d->block('nextpage', '<!--nextpage-->') . "\n\n", [
            $d->blocks(4), $d->blocks(3), $d->paragraph($d->prose->sentence()),
        ]),
    ]],

    // characters, dates, titles
    'other scripts' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            'Doa itu berbunyi بِسْمِ اللهِ; di klenteng tertulis 福 dan 平安.',
            'Suhu 33 °C ± 2, ½ bagian, 10⁻³, € 5, “kutip” ‘dalam’ … —'
        ),
    ]],
    'one minute before midnight' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'at' => '23:59:59',
    ]],
    'half past midnight' => [2, fn(Desk $d) => [
        'post_content' => $d->blocks(3),
        'at' => '00:30:00',
    ]],
    'title in capitals, of two hundred characters' => [1, fn(Desk $d) => [
        'post_title' => mb_strtoupper("{$d->prose->headline()}: {$d->prose->headline()}; "
            . $d->prose->headline()),
        'post_content' => $d->classic(3),
    ]],
    'title with the name of the outlet' => [1, fn(Desk $d) => [
        'post_title' => 'Ulang Tahun Kelima - BorneOneTV',
        'post_content' => $d->classic(3),
        'imitated' => ['yoast'],
    ]],

    // words that look like something else
    'furniture in sentences' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            'Komentar warganet beragam; "Balas" pun menjadi kata kerja.',
            'Kategori: itulah kolom pertama borang. Tag: kolom kedua.',
            'Advertisement, kata bahasa Inggris itu, berarti iklan.',
            'Dilihat 1.204 kali, video itu dihapus. Terkait itu, polisi diam.',
            'Halaman 2 dari laporan itu kosong.'
        ),
    ]],
    'read also, list' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            4,
            "<strong>BACA JUGA : {$d->readAlso()}</strong>",
            $d->prose->paragraph(),
            "<blockquote>Baca juga: {$d->readAlso()}</blockquote>"
        ),
    ]],
];
