<?php
// Prints, as JSON, what an archive should hold of the newsroom in the folder it is given: titles
// and texts as WordPress's own filters show them, everything else from its tables.

define('WITHOUT_IMITATIONS', true);
require $argv[1] . '/wp-load.php';

$truth = ['posts' => [], 'others' => []];
$published = ['post_status' => 'publish', 'has_password' => false, 'numberposts' => -1];
foreach (get_posts($published) as $post) {
    $notes = get_post_meta($post->ID, 'notes', true);
    $said = fn(string $key) => get_post_meta($post->ID, $key, true) ?: null;
    $truth['posts'][] = [
        'url' => get_permalink($post),
        'post_id' => $post->ID,
        'shape' => get_post_meta($post->ID, 'shape', true),
        'title' => get_the_title($post),
        'published' => get_post_datetime($post)->format('c'),
        'modified' => get_post_datetime($post, 'modified')->format('c'),
        'author' => get_the_author_meta('display_name', $post->post_author),
        // below the text: what the theme prints there, and what the author typed there
        'named' => ['writer' => $said('penulis'), 'editor' => $said('editor')],
        'typed' => ['writer' => $notes['writer'], 'editor' => $notes['editor']],
        'dateline' => $notes['dateline'],
        'initials' => $notes['initials'],
        'sections' => names($post->ID, 'category'),
        'tags' => names($post->ID, 'post_tag'),
        'comments' => (int) $post->comment_count,
        'lead_picture' => has_post_thumbnail($post) ? picture(get_post_thumbnail_id($post)) : null,
        'lead_video' => $notes['lead_video'] ?? null,
        'pictures' => array_map('picture', $notes['photos']),
        'videos' => $notes['videos'],
        'embeds' => $notes['embeds'],
        'read_also' => array_map(
            fn(int $id) => [get_permalink($id), get_the_title($id)],
            $notes['read_also']
        ),
        'outlinks' => $notes['outlinks'],
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

/**
 * A photograph as it was put in; `whole` is its caption with its credit.
 *
 * @return array{file: string, caption: ?string, credit: ?string, whole: ?string}
 */
function picture(int $id): array
{
    return [
        'file' => basename(get_attached_file($id)),
        'caption' => get_post_meta($id, 'scene', true) ?: null,
        'credit' => get_post_meta($id, 'credit', true) ?: null,
        'whole' => wp_get_attachment_caption($id) ?: null,
    ];
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
