<?php
// What a page says of its article beside the text: dates, sections, comments, ways to share it.

/** One <time> for an article that was never changed, else two. */
function kabar_dates(): string
{
    $published = get_the_date(DATE_W3C);
    $modified = get_the_modified_date(DATE_W3C);
    $one = fn(string $classes, string $date, string $shown) => sprintf(
        '<time class="%s" datetime="%s">%s</time>',
        $classes,
        esc_attr($date),
        esc_html($shown)
    );
    return '<span class="posted-on">' . ($published === $modified
        ? $one('entry-date published updated', $published, get_the_date())
        : $one('entry-date published', $published, get_the_date())
            . $one('updated', $modified, get_the_modified_date())) . '</span>';
}

function kabar_author(): string
{
    $name = esc_html(get_the_author());
    return sprintf(
        '<span class="author vcard"><a class="url fn n" href="%s" title="%s">%s</a></span>',
        esc_url(get_author_posts_url(get_the_author_meta('ID'))),
        esc_attr($name),
        $name
    );
}

function kabar_sections(string $separator = ', '): string
{
    return '<span class="cat-links-content">' . get_the_category_list($separator) . '</span>';
}

/** The topic, a kind of section that the theme has beside WordPress's own. */
function kabar_topic(): string
{
    $topic = get_the_term_list(get_the_ID(), 'newstopic', '', ', ');
    return is_string($topic) ? $topic : '';
}

/** "Komentar", or "3 Komentar". */
function kabar_comments_link(): string
{
    $count = (int) get_comments_number();
    return $count || comments_open() ? sprintf(
        '<span class="comments-link"><a href="%s"><span class="text-comment">%sKomentar</span></a>'
        . '</span>',
        esc_url(get_permalink() . ($count ? '#comments' : '#respond')),
        $count ? "$count " : ''
    ) : '';
}

/** @return array<string, array{string, string}> service => title of the link, its address */
function kabar_share_services(): array
{
    $url = rawurlencode(get_permalink());
    $title = rawurlencode(wp_strip_all_tags(get_the_title()));
    return apply_filters('kabar_share_services', [
        'facebook' => ['Facebook Share', "https://www.facebook.com/sharer/sharer.php?u=$url"],
        'twitter' => ['Tweet Ini', "https://twitter.com/intent/tweet?url=$url&text=$title"],
        'telegram' => ['Telegram Share', "https://t.me/share/url?url=$url&text=$title"],
        'whatsapp' => ['Kirim Ke WhatsApp', "https://api.whatsapp.com/send?text=$title%20$url"],
    ]);
}

function kabar_share_links(): string
{
    $icon = '<svg width="16" height="16" viewBox="0 0 16 16"><path d="M9 16V9h2"/></svg>';
    $items = '';
    foreach (kabar_share_services() as $service => [$title, $href]) {
        $items .= sprintf(
            '<li class="%s"><a href="%s" rel="nofollow" title="%s">%s</a></li>',
            $service,
            esc_url($href),
            $title,
            $icon
        );
    }
    return "<ul class=\"gmr-socialicon-share\"><li class=\"text-social\">Bagikan</li>$items</ul>";
}

/** Where the reader is: home, one path of sections, and the headline again. */
function kabar_breadcrumbs(): string
{
    $path = [];
    $categories = get_the_category();
    for ($id = $categories[0]->term_id ?? 0; $id; $id = get_category($id)->parent) {
        array_unshift($path, [get_cat_name($id), get_category_link($id)]);
    }
    $crumb = fn(string $class, string $inside, int $position) =>
        "<span class=\"$class\" itemprop=\"itemListElement\" itemscope"
        . " itemtype=\"https://schema.org/ListItem\">$inside"
        . "<span itemprop=\"position\" content=\"$position\"></span></span>";
    $html = '';
    foreach ([['Beranda', home_url('/')], ...$path] as $n => [$name, $url]) {
        $html .= $crumb($n ? $n - 1 . '-cl' : 'first-cl', sprintf(
            '<a itemprop="item" href="%s"><span itemprop="name">%s</span></a>',
            esc_url($url),
            $name
        ), $n + 1) . '<span class="separator">&raquo;</span>';
    }
    $last = '<span itemprop="name">' . get_the_title() . '</span>';
    return '<div class="breadcrumbs" itemscope itemtype="https://schema.org/BreadcrumbList">'
        . $html . $crumb('last-cl', $last, count($path) + 2) . '</div>';
}
