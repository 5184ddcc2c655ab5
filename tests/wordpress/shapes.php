<?php
// The shapes of posts: name => how many, and what one of them is made of.
//
// A post is an array for wp_insert_post(), and beside that may have: featured (false: no picture;
// a number: this photograph), lead_video (meta field of the theme, what it holds, which video that
// is), people (meta fields: who is named below the text), comments (how many), imitated
// (plug-ins), at (the time of day), renamed_to (a new slug), sticky, format. What the text shows
// beside words is noted at the desk.

return [
    'classic' => [14, fn(Desk $d) => ['post_content' => $d->classic($d->prose->between(3, 9))]],
    'blocks' => [10, fn(Desk $d) => ['post_content' => $d->blocks($d->prose->between(3, 9))]],
    'brief of one sentence' => [4, fn(Desk $d) => [
        'post_content' => $d->prose->lead(),
        'featured' => false,
    ]],
    'every plug-in' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(5),
        'imitated' => PLUGINS,
    ]],

    // pictures
    'caption, classic' => [3, function (Desk $d): array {
        $caption = $d->prose->caption();
        $id = $d->photo($caption->saying('(arsip)'));
        return ['post_content' => $d->classic(4, sprintf(
            '[caption id="attachment_%d" align="aligncenter" width="640"]<a href="%s">%s</a>'
            . ' %s[/caption]',
            $id,
            wp_get_attachment_url($id),
            $d->image($id, 'Teks pengganti gambar'),
            $caption->saying('<em>(arsip)</em>')
        ))];
    }],
    'picture in a paragraph, classic' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3, $d->image($d->photo(), 'Teks pengganti gambar')
            . $d->prose->paragraph()),
    ]],
    'gallery, classic' => [2, function (Desk $d): array {
        $ids = array_map(fn() => $d->photo($d->prose->caption()), range(1, 4));
        return ['post_content' => $d->classic(3, sprintf(
            '[gallery columns="2" ids="%s"]',
            implode(',', $ids)
        ))];
    }],
    'caption, block' => [3, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->imageBlock($d->prose->caption()), $d->imageBlock()),
    ]],
    'gallery, block' => [2, function (Desk $d): array {
        $images = array_map(fn() => $d->imageBlock($d->prose->caption()), range(1, 3));
        return ['post_content' => $d->blocks(3, $d->block(
            'gallery',
            '<figure class="wp-block-gallery has-nested-images columns-default is-cropped">'
            . implode("\n\n", $images) . '<figcaption class="blocks-gallery-caption'
            . ' wp-element-caption">Galeri foto BorneOneTV</figcaption></figure>',
            ['linkTo' => 'none']
        ))];
    }],

    'lead picture again in the text' => [2, function (Desk $d): array {
        $image = $d->imageBlock($d->prose->caption());
        return ['post_content' => $d->blocks(3, $image), 'featured' => $d->lastPhoto()];
    }],

    // what comes from other platforms
    'YouTube, classic' => [2, function (Desk $d): array {
        $d->note('videos', ['youtube', 'aBcDeFgHi_1']);
        return [
            'post_content' => $d->classic(3, 'https://www.youtube.com/watch?v=aBcDeFgHi_1'),
            'format' => 'video',
        ];
    }],
    'YouTube, block' => [2, function (Desk $d): array {
        $d->note('videos', ['youtube', 'aBcDeFgHi_2']);
        return ['post_content' => $d->blocks(3, $d->block(
            'embed',
            '<figure class="wp-block-embed is-type-video is-provider-youtube'
            . ' wp-block-embed-youtube"><div class="wp-block-embed__wrapper">' . "\n"
            . "https://youtu.be/aBcDeFgHi_2\n</div>"
            . '<figcaption class="wp-element-caption">Video: BorneOneTV</figcaption></figure>',
            ['url' => 'https://youtu.be/aBcDeFgHi_2', 'providerNameSlug' => 'youtube']
        ))];
    }],
    'players pasted in' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            $d->player('youtube', 'aBcDeFgHi_3', 'https://www.youtube.com/embed/aBcDeFgHi_3'),
            $d->player('facebook', '4711', 'https://www.facebook.com/plugins/video.php?height=314'
                . '&href=https%3A%2F%2Fwww.facebook.com%2Fborneonetv%2Fvideos%2F4711%2F'),
            $d->prose->paragraph(),
            $d->player('vimeo', '76979871', 'https://player.vimeo.com/video/76979871?h=8272103f6e'),
            $d->player('dailymotion', 'x8abc12', '//www.dailymotion.com/embed/video/x8abc12')
        ),
    ]],
    'video in place of the picture' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'featured' => true,
        'lead_video' => ['MAJPRO_Oembed', 'https://youtu.be/aBcDeFgHi_4',
            ['youtube', 'aBcDeFgHi_4']],
    ]],
    'player in place of a picture' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3),
        'featured' => false,
        'lead_video' => ['MAJPRO_Iframe', '<iframe src="https://www.vidio.com/embed/7001-banjir"'
            . ' width="560" height="315"></iframe>', ['vidio', '7001-banjir']],
    ]],
    'posts of other platforms' => [2, function (Desk $d): array {
        $d->note(
            'embeds',
            'https://www.instagram.com/p/CxYz123/',
            'https://twitter.com/infokalbar/status/1'
        );
        return ['post_content' => $d->blocks(
            3,
            $d->block('html', '<blockquote class="instagram-media" data-instgrm-permalink='
                . '"https://www.instagram.com/p/CxYz123/"><div><a href="https://www.instagram.com'
                . '/p/CxYz123/">Lihat postingan ini di Instagram</a><p>Sebuah kiriman dibagikan'
                . ' oleh Humas</p></div></blockquote>'
                . '<script async src="//www.instagram.com/embed.js"></script>'),
            $d->paragraph($d->prose->paragraph()),
            $d->block('html', '<blockquote class="twitter-tweet"><p lang="in" dir="ltr">Hujan'
                . ' lebat hari ini, hati-hati di jalan.</p>&mdash; Info Kalbar (@infokalbar)'
                . ' <a href="https://twitter.com/infokalbar/status/1">March 3, 2021</a>'
                . '</blockquote>')
        )];
    }],
    'frames and posts pasted in' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            $d->frame('https://www.google.com/maps/embed?pb=!1m18!1m12!2d109.33'),
            $d->frame('https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com'
                . '%2Fborneonetv%2Fposts%2F99', 'https://www.facebook.com/borneonetv/posts/99'),
            $d->prose->paragraph(),
            $d->post('https://www.tiktok.com/@borneonetv/video/7106594312292453675')
        ),
    ]],
    'post of our own embedded' => [1, function (Desk $d): array {
        $post = $d->earlier();
        $d->note('read_also', $post->ID);
        return ['post_content' => $d->classic(3, get_permalink($post))];
    }],
    'video and audio files' => [1, function (Desk $d): array {
        $video = home_url('/wp-content/uploads/liputan.mp4');
        $audio = home_url('/wp-content/uploads/wawancara.mp3');
        $d->note('videos', [null, $video]);
        $d->note('embeds', $audio);
        return ['post_content' => $d->classic(
            3,
            "[video src=\"$video\" width=\"640\"]",
            "[audio src=\"$audio\"]"
        )];
    }],

    // blocks of text
    'headings, classic' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            '<h2>Kronologi Kejadian</h2>',
            $d->prose->paragraph(),
            '<h3><strong>Tanggapan Warga</strong></h3>'
        ),
    ]],
    'headings, blocks' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(
            3,
            $d->block('heading', '<h2>Baca Juga Syarat dan Ketentuannya</h2>'),
            $d->paragraph($d->prose->paragraph()),
            $d->block('separator', '<hr class="wp-block-separator"/>'),
            $d->block('heading', '<h4>Penutup</h4>', ['level' => 4])
        ),
    ]],
    'lists, classic' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            "<ol>\n<li>Fotokopi KTP dan <strong>KK</strong></li>\n<li>Surat pengantar RT</li>\n"
            . "<li>Pas foto 3x4</li>\n</ol>",
            $d->prose->paragraph(),
            "<ul>\n<li>Pontianak Kota\n<ul>\n<li>Sungai Bangkong</li>\n<li>Mariana\n<ul>\n"
            . "<li>RT 01</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>Pontianak Utara</li>\n</ul>"
        ),
    ]],
    'lists, blocks' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block('list', '<ul>'
            . $d->block('list-item', '<li>Beras 5 kg' . $d->block('list', '<ul>'
                . $d->block('list-item', '<li>Jenis medium</li>') . '</ul>') . '</li>')
            . $d->block('list-item', '<li>Minyak goreng<br>2 liter</li>') . '</ul>')),
    ]],
    'definitions' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3, "<dl>\n<dt>Tatung</dt>\n<dd>Orang yang dirasuki roh"
            . " leluhur.</dd>\n<dt>Sape</dt>\n<dd>Alat musik petik.</dd>\n</dl>"),
    ]],
    'tables, classic' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(3, "<table>\n<thead>\n<tr>\n<th>Komoditas</th>\n"
            . "<th>Harga</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>Cabai rawit</td>\n"
            . "<td>Rp 85.000</td>\n</tr>\n<tr>\n<td>Bawang <b>merah</b></td>\n<td>Rp 42.000</td>\n"
            . "</tr>\n<tr>\n<td>Telur</td>\n<td></td>\n</tr>\n</tbody>\n</table>"),
    ]],
    'tables, blocks' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block(
            'table',
            '<figure class="wp-block-table"><table><tbody><tr><td>Tim</td><td>Main</td>'
            . '<td>Poin</td></tr><tr><td>Persipon</td><td>4</td><td>10</td></tr><tr><td>'
            . $d->outlink('https://contoh.example/sambas', 'Persisam') . '</td><td>4</td><td>7</td></tr>'
            . '</tbody></table></figure>'
        )),
    ]],
    'quotations, classic' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3, "<blockquote>Sungai ini halaman depan rumah kami.\n\n"
            . 'Kami yang menjaganya.</blockquote>'),
    ]],
    'quotations, blocks' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(
            3,
            $d->block('quote', '<blockquote class="wp-block-quote"><p>Bersih itu kebiasaan.</p>'
                . '<cite>Halimah, warga</cite></blockquote>'),
            $d->block('pullquote', '<figure class="wp-block-pullquote"><blockquote><p>Parit bukan'
                . ' tempat sampah.</p><cite>Uray Maulana</cite></blockquote></figure>')
        ),
    ]],
    'verse' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block('verse', '<pre class="wp-block-verse">Pergi ke'
            . " Sambas membeli lada\nSinggah sebentar di Semparuk\n\nKalau hati tetap muda\n"
            . 'Jalan yang jauh terasa dekat</pre>')),
    ]],
    'columns' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(
            3,
            $d->block('columns', '<div class="wp-block-columns">'
                . $d->block('column', '<div class="wp-block-column">'
                    . $d->paragraph($d->prose->paragraph()) . '</div>')
                . $d->block('column', '<div class="wp-block-column">'
                    . $d->imageBlock($d->prose->caption()) . '</div>')
                . '</div>'),
            $d->block('group', '<div class="wp-block-group">'
                . $d->block('heading', '<h3>Info Layanan</h3>', ['level' => 3])
                . $d->paragraph($d->prose->sentence()) . '</div>')
        ),
    ]],

    // breaks
    'single line breaks' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(3, implode("\n", [
            $d->prose->sentence(), $d->prose->quote(), $d->prose->sentence(),
        ])),
    ]],
    'Blogspot, classic' => [2, fn(Desk $d) => [
        'post_content' => '<div dir="ltr" style="text-align: left;" trbidi="on">'
            . implode('<br /><br />', $d->story(5)) . '<br /><br /></div>',
        'featured' => false,
    ]],
    'Blogspot, HTML block' => [2, function (Desk $d): array {
        $caption = $d->prose->caption();
        $d->note('initials', 'Lay');
        return ['post_content' => $d->block('html', '<div dir="ltr" style="text-align: left;" trbidi="on">'
            . '<table align="center" class="tr-caption-container"><tbody><tr><td style="'
            . 'text-align: center;"><a href="https://1.bp.blogspot.com/a.jpg">'
            . $d->image($d->photo($caption)) . '</a></td></tr><tr><td class="tr-caption">'
            . "$caption</td></tr></tbody></table>"
            . implode("<br />\n<br />", $d->prose->paragraphs(4)) . '<br />' . $d->prose->quote()
            . '<br />&nbsp;<br />' . $d->prose->sentence()
            . '<div class="separator" style="clear: both;">' . $d->image($d->photo()) . "</div>\n"
            . $d->prose->sentence() . ' [Lay]</div>')];
    }],
    'pasted from Word' => [3, fn(Desk $d) => [
        'post_content' => '<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View>'
            . "</w:WordDocument></xml><![endif]-->\n\n"
            . implode("\n\n", array_map(
                fn(string $text) => '<p class="MsoNormal" style="text-align: justify; line-height:'
                    . ' 150%;"><span lang="IN" style="font-size: 12.0pt; mso-ansi-language: IN;">'
                    . "$text<o:p></o:p></span></p>",
                $d->story(4)
            ))
            . "\n\n" . '<p class="MsoNormal"><span lang="IN"><o:p>&nbsp;</o:p></span></p>',
    ]],
    'markup left open' => [1, function (Desk $d): array {
        $d->note('dateline', 'Sintang, BorneOneTV');
        return ['post_content' => implode("\n\n", [
            "<div><strong>Sintang, BorneOneTV</strong> – {$d->prose->lead()}",
            "<div>{$d->prose->paragraph()}",
            "<span style=\"color: #333;\">{$d->prose->paragraph()}</div>",
            $d->prose->paragraph(),
        ])];
    }],
    'read more' => [2, fn(Desk $d) => ['post_content' => $d->classic(4, '<!--more-->')]],
    'multi-page, 2 pages' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(4, '<!--nextpage-->', ...$d->prose->paragraphs(4)),
    ]],
    'multi-page, 3 pages' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            '<!--nextpage-->',
            $d->prose->paragraph(),
            "{$d->prose->paragraph()}\n\n<!--nextpage-->",
            $d->prose->paragraph()
        ),
        'imitated' => ['jetpack', 'yoast', 'ads'],
    ]],
    'multi-page, 4 pages, blocks' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(
            4,
            $d->block('nextpage', '<!--nextpage-->'),
            $d->block('heading', '<h2>Bagian Kedua</h2>'),
            $d->paragraph($d->prose->paragraph()),
            $d->block('nextpage', '<!--nextpage-->'),
            $d->paragraph($d->prose->paragraph()),
            $d->block('nextpage', '<!--nextpage-->'),
            $d->paragraph($d->prose->quote())
        ),
        'imitated' => [],
    ]],
    '12,000 words' => [1, function (Desk $d): array {
        $paragraphs = [];
        while (str_word_count(implode(' ', $paragraphs)) < 12_000) {
            array_push($paragraphs, ...$d->prose->paragraphs(20));
        }
        return ['post_content' => $d->classic(5, ...$paragraphs)];
    }],

    // characters
    'emoji' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            'Selamat Imlek 🐉🧧 untuk semua! 👨‍👩‍👧 dan 🇮🇩 di 𝐏𝐨𝐧𝐭𝐢𝐚𝐧𝐚𝐤 😀.',
            "👍🏽 {$d->prose->paragraph()}"
        ),
    ]],
    'spaces that are not spaces' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            "Rp\u{a0}85.000&nbsp;per&nbsp;kilogram,\u{2009}naik   tiga kali.",
            '&nbsp;',
            "&nbsp; &nbsp;Paragraf menjorok. {$d->prose->sentence()}",
            "pem\u{ad}bangunan dan Kali\u{200b}mantan."
        ),
    ]],
    'typography' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            'Ia berkata: "Kami \'siap\'..." -- lalu diam - lama. Ukuran 3x4 dan 5 x 6\', tahun'
            . ' \'98, 10" x 12".',
            'Situs Wordpress itu berbunyi &lt;b&gt;tebal&lt;/b&gt; &amp; AT&T, 5 < 6 dan 7 > 3;'
            . ' (c) 2021 Ny. O\'Hara.',
            '<code>"kode" -- apa adanya</code> ' . $d->prose->quote()
        ),
    ]],
    'smilies' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            'Terima kasih semuanya :) sampai jumpa :mrgreen: lagi ;-) ya.',
            $d->prose->paragraph() . ' :D'
        ),
    ]],
    'inline markup' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            'Luasnya 120 m<sup>2</sup> dengan H<sub>2</sub>O bersih, <em>kata</em><strong>nya'
            . '</strong>, menurut <abbr title="Badan Pusat Statistik">BPS</abbr>; <del>lima</del>'
            . ' <ins>enam</ins> unit '
            . $d->outlink('https://contoh.example/laporan?a=1&b=2', 'laporan')
            . '<sup><a href="#cat1">1</a></sup>.',
            "<u>Garis bawah</u>, <span style=\"color:red\">merah</span>\n<b>tebal</b>",
            '<p style="text-align: center;">***</p>'
        ),
    ]],

    'links of all kinds' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            "Unduh {$d->outlink('https://contoh.example/data.pdf#page=3', 'datanya')} atau tulis ke"
            . ' <a href="mailto:redaksi@example.test">redaksi</a>, telepon'
            . ' <a href="tel:+62561">kantor</a>, lihat <a href="#peta">peta</a>.',
            "Selengkapnya di {$d->outlink('/tentang-kami/', 'halaman ini')} dan"
            . " {$d->outlink('//contoh.example/wawancara', 'wawancaranya')}."
        ),
    ]],

    // dates, addresses, titles
    'published at 03:15' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'at' => '03:15:00',
    ]],
    'published at midnight' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'at' => '00:00:00',
    ]],
    'slug changed' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'renamed_to' => 'alamat-baru-' . $d->prose->between(100, 999),
    ]],
    'slug in other scripts' => [1, fn(Desk $d) => [
        'post_title' => 'Tahun Baru 新年快乐 di Singkawang',
        'post_name' => 'tahun-baru-新年快乐-singkawang',
        'post_content' => $d->classic(3),
    ]],
    'slug with an emoji' => [1, fn(Desk $d) => [
        'post_title' => 'Cap Go Meh 🐉 Meriah',
        'post_name' => 'cap-go-meh-🐉-meriah',
        'post_content' => $d->blocks(3),
    ]],
    'slug of digits' => [1, fn(Desk $d) => [
        'post_title' => '2024',
        'post_content' => $d->classic(3),
    ]],
    'title with quotes' => [1, fn(Desk $d) => [
        'post_title' => 'Tarif "Parkir" Naik - Warga: \'Kami Kaget\'...',
        'post_content' => $d->classic(3),
        'imitated' => ['yoast'],
    ]],
    'title with entities' => [2, fn(Desk $d) => [
        'post_title' => 'Diskon 50% & Bazar &#8211; ' . $d->prose->headline(),
        'post_content' => $d->classic(3),
    ]],
    'title with markup' => [2, fn(Desk $d) => [
        'post_title' => '<em>Smart City</em>: ' . $d->prose->headline(),
        'post_content' => $d->classic(3),
    ]],
    'title with markup as text' => [1, fn(Desk $d) => [
        'post_title' => 'Apa Arti &lt;br&gt; di Situs Sekolah?',
        'post_content' => $d->classic(3),
        'imitated' => ['yoast', 'jetpack'],
    ]],

    // words that look like something else
    'boilerplate in sentences' => [3, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            'Ia meminta warga tidak sebarkan artikel ini tanpa memeriksa sumbernya.',
            '"Sebarkan artikel ini ke grup RT," pesan yang beredar itu berbunyi.',
            'Tinggalkan Balasan di kolom komentar, tulis pengelola, bila ada pertanyaan.',
            'Sedikitnya 12 blogger menyukai ini: lomba menulis tentang Sungai Kapuas.',
            'Bagikan ini kepada tetangga, Suka atau tidak. Post Views: istilah itu dijelaskan.',
            'Editor: begitulah ia dipanggil. Penulis: sebutan lain baginya.'
        ),
    ]],
    'read also, classic' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            "Baca juga: {$d->readAlso()}",
            $d->prose->paragraph(),
            "<strong>Baca Juga: {$d->readAlso()}</strong>"
        ),
    ]],
    'read also, blocks' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(
            3,
            $d->paragraph("<strong>BACA JUGA:</strong> {$d->readAlso()}"),
        ),
    ]],
    'read also, list' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            '<strong>Baca juga:</strong>',
            "<ul>\n<li>{$d->readAlso()}</li>\n<li>{$d->readAlso()}</li>\n</ul>",
            $d->prose->paragraph(),
            $d->prose->paragraph() . "\n<em>{$d->readAlso('Baca juga: ')}</em>"
        ),
    ]],
    'read also, box' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(
            3,
            $d->block('html', "<div class=\"baca-juga\"><span>Baca Juga</span> {$d->readAlso()}</div>"),
            $d->paragraph($d->prose->paragraph())
        ),
    ]],
    'read also in a sentence' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(
            3,
            "Baca juga {$d->link()} sebelum mendaftar, pesan panitia.",
            'Baca juga buku yang baik, kata guru itu.',
            "Berita lain: {$d->link()} dan {$d->link()} tetap dibahas."
        ),
    ]],
    'names typed below the text' => [2, function (Desk $d): array {
        $d->note('writer', 'Marsel Tito');
        $d->note('editor', 'Sri Wahyuni');
        return [
            'post_content' => $d->classic(3) . "\n\nPenulis: Marsel Tito\nEditor: Sri Wahyuni",
            'people' => [],
        ];
    }],
    'names typed in one line' => [1, function (Desk $d): array {
        $d->note('writer', "Nur'aini");
        $d->note('editor', 'Budi Santoso, S.H.');
        return [
            'post_content' => $d->blocks(3, $d->paragraph($d->prose->paragraph()))
                . "\n\n" . $d->paragraph("Pewarta: Nur'aini | Editor: Budi Santoso, S.H."),
            'people' => [],
        ];
    }],
    'dateline in bold' => [1, function (Desk $d): array {
        $d->note('dateline', 'Pontianak, BorneOneTV');
        $d->note('initials', 'Ria');
        return ['post_content' => '<strong>Pontianak, BorneOneTV</strong> – ' . $d->prose->lead()
            . "\n\n{$d->prose->paragraph()}\n\n<strong>[Ria]</strong>"];
    }],
    'dateline in capitals' => [1, function (Desk $d): array {
        $d->note('dateline', 'PONTIANAK, BORNEONETV');
        $d->note('initials', 'Lay');
        return ['post_content' => "PONTIANAK, BORNEONETV — {$d->prose->lead()}\n\n"
            . "{$d->prose->paragraph()}\n\n[Lay]"];
    }],
    'dateline the other way round' => [1, function (Desk $d): array {
        $d->note('dateline', 'BorneOneTV, Sambas');
        $d->note('initials', 'Lay');
        return ['post_content' => "BorneOneTV, Sambas - {$d->prose->lead()}\n\n"
            . "{$d->prose->paragraph()} (Lay)"];
    }],
    'forms and scripts' => [1, fn(Desk $d) => [
        'post_content' => $d->blocks(3, $d->block('html', '<script>document.write("tidak");'
            . '</script><noscript>Aktifkan JavaScript.</noscript><style>.x { color: red }</style>'
            . '<form action="/langganan"><label>Surat elektronik</label><input name="email">'
            . '<button>Berlangganan</button></form>')),
    ]],

    // readers
    'many comments' => [3, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'comments' => $d->prose->between(4, 14),
    ]],
    'one comment' => [1, fn(Desk $d) => ['post_content' => $d->blocks(3), 'comments' => 1]],
    'comments closed' => [2, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'comment_status' => 'closed',
        'comments' => 0,
    ]],
    'comments closed later' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'comment_status' => 'closed',
        'comments' => 3,
    ]],
    'sticky' => [1, fn(Desk $d) => ['post_content' => $d->classic(3), 'sticky' => true]],

    // posts that nobody may read, and one that asks for a password
    'draft' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'post_status' => 'draft',
    ]],
    'pending' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'post_status' => 'pending',
    ]],
    'private' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'post_status' => 'private',
    ]],
    'trash' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'post_status' => 'trash',
    ]],
    'future' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'post_status' => 'future',
        'post_date' => '2099-01-01 08:00:00',
    ]],
    'password' => [1, fn(Desk $d) => [
        'post_content' => $d->classic(3),
        'post_password' => 'rahasia',
    ]],
];
