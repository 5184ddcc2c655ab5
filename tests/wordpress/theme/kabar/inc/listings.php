<?php
// Listings: the block of headlines above them, the ads between their items, their pages.

/** How many posts the block of headlines takes out of the first page of an archive. */
const KABAR_HEADLINES = 3;

/** Whether the newest posts stand in the block of headlines and not in the list below it. */
function kabar_headlines_only_above(): bool
{
    return (is_category() || is_tag() || is_tax()) && !is_paged();
}

/** The list of the main query, on page 1 of an archive without the posts in the block above. */
function kabar_list(): void
{
    echo '<div id="infinite-container">';
    for ($n = 0; have_posts(); $n++) {
        the_post();
        if ($n < KABAR_HEADLINES && kabar_headlines_only_above()) {
            continue;
        }
        get_template_part('parts/item');
        if ($n % 4 === 3) {
            echo '<div class="inline-banner">Iklan <a href="https://iklan.example/">Promo</a></div>';
        }
    }
    echo '</div>';
    get_template_part('parts/pages');
}

/** A small card of another article, as in related posts and in the block of headlines. */
function kabar_card(WP_Post $post, string $classes = ''): string
{
    $link = sprintf(
        'href="%s" title="%s" rel="bookmark"',
        esc_url(get_permalink($post)),
        esc_attr(wp_strip_all_tags(get_the_title($post)))
    );
    $picture = get_the_post_thumbnail($post, 'medium');
    return "<div class=\"list-gallery $classes\"><a $link class=\"post-thumbnail\">$picture</a>"
        . "<div class=\"list-gallery-title\"><a $link class=\"recent-title heading-text\">"
        . get_the_title($post) . '</a></div></div>';
}

/** @return list<WP_Post> the newest posts, of the archive that is shown if it is one */
function kabar_newest(int $count): array
{
    $archive = get_queried_object();
    return get_posts(['numberposts' => $count] + ($archive instanceof WP_Term ? [
        'tax_query' => [['taxonomy' => $archive->taxonomy, 'terms' => $archive->term_id]],
    ] : []));
}
