<?php
// Prints, as JSON, what an archive should hold of the newsroom in the folder it is given: titles
// and texts as WordPress's own filters show them, everything else from its tables.

define('WITHOUT_IMITATIONS', true);
require $argv[1] . '/wp-load.php';

$truth = ['posts' => [], 'others' => []];
$published = ['post_status' => 'publish', 'has_password' => false, 'numberposts' => -1];
foreach (get_posts($published) as $post) {
    $truth['posts'][] = [
        'url' => get_permalink($post),
        'post_id' => $post->ID,
        'shape' => get_post_meta($post->ID, 'shape', true),
        'title' => get_the_title($post),
        'published' => get_post_datetime($post)->format('c'),
        'modified' => get_post_datetime($post, 'modified')->format('c'),
        'authors' => [get_the_author_meta('display_name', $post->post_author)],
        'sections' => names($post->ID, 'category'),
        'tags' => names($post->ID, 'post_tag'),
        'comments' => (int) $post->comment_count,
        'lead_caption' => has_post_thumbnail($post) ? get_the_post_thumbnail_caption($post) : null,
        'pages' => pages($post),
    ];
}
foreach (get_posts([
    'post_type' => ['post', 'page', 'attachment'],
    'post_status' => ['any', 'trash'],
    'numberposts' => -1,
    'exclude' => array_column($truth['posts'], 'post_id'),
]) as $post) {
    $truth['others'][] = [
        'kind' => $post->post_type !== 'post' ? $post->post_type
            : ($post->post_password ? 'password' : $post->post_status),
        'url' => get_permalink($post),
        'post_id' => $post->ID,
        'title' => get_the_title($post),
    ];
}
echo wp_json_encode($truth, JSON_UNESCAPED_UNICODE);

/** @return list<string> names as people read them; the table keeps "&amp;" */
function names(int $post, string $taxonomy): array
{
    return array_map(
        fn(string $name) => html_entity_decode($name, ENT_QUOTES | ENT_HTML5),
        wp_get_post_terms($post, $taxonomy, ['fields' => 'names'])
    );
}

/** @return list<string> the HTML of every page, shown as to a visitor of the post */
function pages(WP_Post $post): array
{
    global $page, $numpages;
    wp(['p' => $post->ID]);
    the_post();
    $pages = [];
    for ($page = 1; $page <= $numpages; $page++) {
        $pages[] = apply_filters('the_content', get_the_content());
    }
    return $pages;
}
