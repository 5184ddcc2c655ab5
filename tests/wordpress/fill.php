<?php
// Fills the WordPress in the folder it is given, through WordPress's own functions, with the posts
// of this folder's newsroom or of the one in the folder that is named second.

require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/image.php';
require __DIR__ . '/prose.php';
require __DIR__ . '/desk.php';

$newsroom = __DIR__ . (isset($argv[2]) ? "/$argv[2]" : '');
$desk = require "$newsroom/newsroom.php";
$prose = $desk->prose;

const PLUGINS = ['jetpack', 'post-views', 'author-box', 'ads', 'yoast'];

// As the administrator, who may write any HTML.
wp_set_current_user(1);
kses_remove_filters();
wp_defer_term_counting(true);

$sections = add_sections(SECTIONS);
$authors = add_authors();
add_menu();
add_widgets();
add_pages();

$posts = [];
foreach (require "$newsroom/shapes.php" as $shape => [$count, $make]) {
    for (; $count > 0; $count--) {
        $posts[] = [$shape, $make];
    }
}
foreach (days(count($posts)) as $n => $day) {
    [$shape, $make] = $posts[$n];
    publish($shape, $make($desk), $day);
}
wp_defer_term_counting(false);
flush_rewrite_rules();

/** The sections below one another; returns the ids of those that get posts. */
function add_sections(array $tree, int $parent = 0): array
{
    $ids = [];
    foreach ($tree as $name => $children) {
        $term = get_term_by('slug', sanitize_title($name), 'category', ARRAY_A)
            ?: wp_insert_term($name, 'category', ['parent' => $parent]);
        $ids[] = $name === 'Opini' ? [] : [$term['term_id']];
        $ids[] = add_sections($children, $term['term_id']);
    }
    return array_merge(...$ids);
}

function add_authors(): array
{
    $ids = [];
    foreach (AUTHORS as $login => [$name, $description]) {
        $ids[] = wp_insert_user([
            'user_login' => $login,
            'user_pass' => 'a password',
            'user_email' => "$login@example.test",
            'display_name' => wp_slash($name),
            'description' => $description,
            'role' => 'author',
        ]);
    }
    return $ids;
}

/** A menu of the sections at the top, as every newsroom has. */
function add_menu(): void
{
    $menu = wp_create_nav_menu('Utama');
    $top = ['taxonomy' => 'category', 'parent' => 0, 'hide_empty' => false];
    foreach (get_terms($top) as $term) {
        wp_update_nav_menu_item($menu, 0, [
            'menu-item-type' => 'taxonomy',
            'menu-item-object' => 'category',
            'menu-item-object-id' => $term->term_id,
            'menu-item-status' => 'publish',
        ]);
    }
    // Each theme keeps its own; the site changes its theme later.
    foreach (array_keys(wp_get_themes()) as $theme) {
        update_option("theme_mods_$theme", ['nav_menu_locations' => ['primary' => $menu]]);
    }
}

/** At the foot of every page: what is new, and what readers say. */
function add_widgets(): void
{
    update_option('widget_recent-posts', [1 => ['title' => 'Berita Terbaru', 'number' => 5]]);
    update_option('widget_recent-comments', [1 => ['title' => 'Komentar Terbaru', 'number' => 5]]);
    update_option('sidebars_widgets', ['sidebar-1' => ['recent-posts-1', 'recent-comments-1']]);
}

function add_pages(): void
{
    global $prose;
    $parent = 0;
    foreach (['Tentang Kami', 'Redaksi', 'Pedoman Media Siber', 'Kontak'] as $title) {
        $id = wp_insert_post([
            'post_type' => 'page',
            'post_title' => $title,
            'post_content' => $prose->paragraph(),
            'post_status' => 'publish',
            'post_date' => '2019-01-02 08:00:00',
            // the imprint stands below "about us"
            'post_parent' => $title === 'Redaksi' ? $parent : 0,
        ], true);
        $parent = $parent ?: $id;
    }
}

/** As many days as there are posts, spread over more than six years, in no order. */
function days(int $count): array
{
    global $prose;
    $first = new DateTimeImmutable('2019-03-04');
    $days = array_map(
        fn(int $n) => $first->modify('+' . intdiv(2300 * $n, $count) . ' days'),
        range(0, $count - 1)
    );
    return $prose->some($days, $count);
}

function publish(string $shape, array $post, DateTimeImmutable $day): void
{
    global $wpdb, $prose, $desk, $sections, $authors;
    $second = $prose->between(5 * 3600, 24 * 3600 - 1);
    $time = $post['at'] ?? gmdate('H:i:s', $second);
    $post += [
        'post_title' => $prose->headline(),
        'post_status' => 'publish',
        'post_author' => $prose->one($authors),
        'post_date' => $day->format("Y-m-d $time"),
        'post_category' => $prose->some($sections, $prose->between(1, 3)),
        'tags_input' => $prose->some(TAGS, $prose->between(0, 4)),
        'meta_input' => ['shape' => $shape],
        'featured' => $prose->between(1, 4) > 1,
        'imitated' => array_values(array_filter(PLUGINS, fn() => $prose->between(1, 3) === 1)),
        'comments' => $prose->between(1, 8) === 1 ? 2 : 0,
        'people' => $prose->between(1, 3) === 1 ? people() : [],
    ];
    $id = wp_insert_post(wp_slash($post), true);
    if (is_wp_error($id)) {
        throw new RuntimeException($shape . ': ' . $id->get_error_message());
    }
    $notes = $desk->notes();
    if ($post['featured']) {
        $photo = is_int($post['featured']) ? $post['featured'] : $desk->photo($prose->caption());
        set_post_thumbnail($id, $photo);
    }
    $lead = $desk->notes()['photos'];
    foreach ($post['imitated'] as $plugin) {
        add_post_meta($id, 'imitated', $plugin);
    }
    if ($prose->between(1, 4) === 1) {
        wp_set_post_terms($id, [$prose->one(TOPICS)], 'newstopic');
    }
    foreach ($post['people'] as $key => $value) {
        add_post_meta($id, $key, wp_slash($value));
    }
    if (isset($post['lead_video'])) {
        [$key, $value, $notes['lead_video']] = $post['lead_video'];
        add_post_meta($id, $key, wp_slash($value));
    }
    add_post_meta($id, 'notes', wp_slash($notes));
    set_post_format($id, $post['format'] ?? false);
    if ($post['sticky'] ?? false) {
        stick_post($id);
    }
    if (isset($post['renamed_to'])) {
        wp_update_post(['ID' => $id, 'post_name' => $post['renamed_to']]);
    }
    comment($id, $post['comments'], get_post($id)->post_date);

    // Every other post was edited later. WordPress itself would write the time of this run.
    $published = new DateTimeImmutable(get_post($id)->post_date, wp_timezone());
    $later = $prose->between(0, 1) * $prose->between(61, 3_000_000);
    $modified = $published->modify("+$later seconds")->format('Y-m-d H:i:s');
    $wpdb->update($wpdb->posts, [
        'post_modified' => $modified,
        'post_modified_gmt' => get_gmt_from_date($modified),
    ], ['ID' => $id]);
    foreach ([...$notes['photos'], ...$lead] as $photo) {
        $wpdb->update($wpdb->posts, ['post_parent' => $id], ['ID' => $photo]);
    }
    clean_post_cache($id);
}

/** Who is named below the text, and below the headline: meta fields of the newsroom's theme. */
function people(): array
{
    global $prose;
    return array_filter([
        'penulis' => $prose->one([...WRITERS, '']),
        'editor' => $prose->one([...EDITORS, '']),
        'sumber' => $prose->one(['https://contoh.example/rilis', '']),
        'subtitle' => $prose->one([$prose->sentence(), '']),
    ]);
}

/** Comments, some of them answers; and one more that waits for approval and does not count. */
function comment(int $post, int $count, string $date): void
{
    global $prose;
    $before = 0;
    for ($n = 0; $n < $count; $n++) {
        $pingback = $n === 2;
        $before = wp_insert_comment(wp_slash([
            'comment_post_ID' => $post,
            'comment_author' => $pingback ? 'Kabar Sebelah' : $prose->one(['Budi', "D'Nita"]),
            'comment_author_email' => 'pembaca@example.test',
            'comment_author_url' => $pingback ? 'https://contoh.example/kabar' : '',
            'comment_content' => $prose->paragraph(),
            'comment_date' => $date,
            'comment_date_gmt' => get_gmt_from_date($date),
            'comment_type' => $pingback ? 'pingback' : 'comment',
            'comment_parent' => $n % 3 && !$pingback ? $before : 0,
            'comment_approved' => 1,
        ]));
    }
    if ($count) {
        wp_insert_comment([
            'comment_post_ID' => $post,
            'comment_author' => 'Spam',
            'comment_content' => 'Menunggu persetujuan.',
            'comment_date' => $date,
            'comment_approved' => 0,
        ]);
    }
}
