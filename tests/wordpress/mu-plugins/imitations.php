<?php
// Imitates the markup of plug-ins that such a newsroom runs, on the posts that name them in their
// meta field "imitated". truth.php defines WITHOUT_IMITATIONS to see what the author wrote.

if (defined('WITHOUT_IMITATIONS')) {
    return;
}

function imitates(string $plugin): bool
{
    return is_singular('post') && !post_password_required()
        && in_array($plugin, get_post_meta(get_queried_object_id(), 'imitated'), true);
}

/** Adds to the text of the post that the visitor is reading, as the plug-in does. */
function add_to_content(string $plugin, int $priority, callable $markup): void
{
    add_filter('the_content', fn(string $content) => in_the_loop() && imitates($plugin)
        ? $markup($content, get_post()) : $content, $priority);
}

// Jetpack, sharing buttons
add_to_content('jetpack', 19, function (string $content, WP_Post $post): string {
    $items = '';
    foreach ([
        'facebook' => 'Facebook', 'x' => 'X', 'jetpack-whatsapp' => 'WhatsApp',
        'telegram' => 'Telegram', 'email' => 'Surat elektronik', 'print' => 'Cetak',
    ] as $service => $name) {
        $items .= sprintf(
            '<li class="share-%1$s"><a rel="nofollow noopener noreferrer"'
            . ' data-shared="sharing-%1$s-%2$d" class="share-%1$s sd-button share-icon"'
            . ' href="%3$s" target="_blank"'
            . ' title="Klik untuk berbagi di %4$s"><span>%4$s</span></a></li>',
            $service,
            $post->ID,
            esc_url(add_query_arg('share', $service, get_permalink($post))),
            $name
        );
    }
    return $content . '<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent'
        . ' sd-block sd-social sd-social-icon-text sd-sharing"><h3 class="sd-title">Bagikan ini:'
        . "</h3><div class=\"sd-content\"><ul>$items<li class=\"share-end\"></li></ul></div>"
        . '</div></div>';
});

// Jetpack, likes: the id of the widget is another one at every visit
add_to_content('jetpack', 30, fn(string $content, WP_Post $post) => $content
    . sprintf(
        "<div class='sharedaddy sd-block sd-like jetpack-likes-widget-wrapper"
        . " jetpack-likes-widget-unloaded' id='like-post-wrapper-7-%d-%s'>"
        . "<h3 class=\"sd-title\">Menyukai ini:</h3><div class='likes-widget-placeholder"
        . " post-likes-widget-placeholder' style='height: 55px;'><span class='button'>"
        . "<span>Suka</span></span> <span class=\"loading\">Memuat...</span></div>"
        . "<span class='sd-text-color'></span><a class='sd-link-color'></a></div>",
        $post->ID,
        uniqid()
    ));

// Jetpack, related posts: filled by a script
add_to_content('jetpack', 40, fn(string $content) => $content
    . "<div id='jp-relatedposts' class='jp-relatedposts'>"
    . '<h3 class="jp-relatedposts-headline"><em>Terkait</em></h3></div>');

// Jetpack, what the likes need at the foot of the page
add_action('wp_footer', function (): void {
    if (imitates('jetpack')) {
        echo "<div id='likes-other-gravatars'><div class=\"likes-text\"><span>%d</span>"
            . ' blogger menyukai ini:</div><ul class="wpl-avatars sd-like-gravatars"></ul></div>';
    }
});

// Post Views Counter
add_to_content('post-views', 10, fn(string $content, WP_Post $post) => $content
    . sprintf(
        '<div class="post-views content-post post-%1$d entry-meta"><span class="post-views-icon'
        . ' dashicons dashicons-chart-bar"></span> <span class="post-views-label">Post Views:'
        . '</span> <span class="post-views-count">%2$s</span></div>',
        $post->ID,
        number_format_i18n(100 + $post->ID * 7)
    ));

// An author box
add_to_content('author-box', 99, fn(string $content) => $content
    . sprintf(
        '<div class="author-box"><div class="author-box-name">Tentang %s</div>'
        . '<p>Wartawan BorneOneTV. Hubungi redaksi untuk koreksi berita.</p></div>',
        esc_html(get_the_author())
    ));

// Advertisements
add_to_content('ads', 12, function (string $content): string {
    $ad = '<div class="gmr-banner-insidecontent"><ins class="adsbygoogle" data-ad-slot="1"></ins>'
        . '<p>Advertisement</p></div>';
    $paragraphs = explode('</p>', $content, 3);
    return isset($paragraphs[2])
        ? "$paragraphs[0]</p>$paragraphs[1]</p>$ad$paragraphs[2]" : $content . $ad;
});

// Yoast SEO
add_action('wp_head', function (): void {
    if (!imitates('yoast')) {
        return;
    }
    $post = get_queried_object();
    $url = get_permalink($post);
    // Yoast keeps the entities of the title, in JSON as in HTML.
    $title = wp_strip_all_tags(get_the_title($post));
    $author = get_the_author_meta('display_name', $post->post_author);
    $published = get_post_time('Y-m-d\TH:i:s+00:00', true, $post);
    $modified = get_post_modified_time('Y-m-d\TH:i:s+00:00', true, $post);
    $image = get_the_post_thumbnail_url($post, 'full');
    $article = [
        '@type' => 'NewsArticle',
        '@id' => "$url#article",
        'isPartOf' => ['@id' => $url],
        'author' => ['name' => $author, '@id' => home_url("/#/schema/person/$post->post_author")],
        'headline' => $title,
        'datePublished' => $published,
        'dateModified' => $modified,
        'mainEntityOfPage' => ['@id' => $url],
        'wordCount' => str_word_count(wp_strip_all_tags($post->post_content)),
        'commentCount' => (int) $post->comment_count,
        'publisher' => ['@id' => home_url('/#organization')],
        'keywords' => wp_get_post_tags($post->ID, ['fields' => 'names']),
        'articleSection' => wp_get_post_categories($post->ID, ['fields' => 'names']),
        'inLanguage' => 'id',
    ];
    $graph = [
        $article,
        [
            '@type' => 'WebPage', '@id' => $url, 'url' => $url, 'name' => "$title - BorneOneTV",
            'datePublished' => $published, 'dateModified' => $modified, 'inLanguage' => 'id',
        ],
        ['@type' => 'WebSite', '@id' => home_url('/#website'), 'name' => 'BorneOneTV'],
        ['@type' => 'Organization', '@id' => home_url('/#organization'), 'name' => 'BorneOneTV'],
        ['@type' => 'Person', '@id' => $article['author']['@id'], 'name' => $author],
    ];
    if ($image) {
        $graph[0]['thumbnailUrl'] = $image;
        $graph[] = [
            '@type' => 'ImageObject', '@id' => "$url#primaryimage", 'url' => $image,
            'contentUrl' => $image, 'caption' => get_the_post_thumbnail_caption($post),
        ];
    }
    $metas = [
        'og:locale' => 'id_ID', 'og:type' => 'article', 'og:title' => "$title - BorneOneTV",
        'og:description' => wp_trim_words(strip_shortcodes($post->post_content), 25),
        'og:url' => $url, 'og:site_name' => 'BorneOneTV', 'article:published_time' => $published,
    ];
    if ($published !== $modified) {
        $metas['article:modified_time'] = $modified;
    }
    if ($image) {
        $metas['og:image'] = $image;
    }
    // Also on page 2 and on, the canonical address is that of page 1.
    printf('<link rel="canonical" href="%s" />' . "\n", esc_url($url));
    foreach ($metas as $property => $content) {
        printf('<meta property="%s" content="%s" />' . "\n", $property, esc_attr($content));
    }
    printf('<meta name="author" content="%s" />' . "\n", esc_attr($author));
    printf(
        '<script type="application/ld+json" class="yoast-schema-graph">%s</script>' . "\n",
        wp_json_encode(
            ['@context' => 'https://schema.org', '@graph' => $graph],
            JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE
        )
    );
}, 1);

// Yoast replaces the canonical link of WordPress.
add_action('wp', function (): void {
    if (imitates('yoast')) {
        remove_action('wp_head', 'rel_canonical');
    }
});
