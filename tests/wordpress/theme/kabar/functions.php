<?php
// A theme made for the tests: the structure and the words of wpberita 1.0.8's pages.

require __DIR__ . '/inc/content.php';
require __DIR__ . '/inc/facts.php';
require __DIR__ . '/inc/listings.php';

add_action('after_setup_theme', function (): void {
    add_theme_support('automatic-feed-links');
    add_theme_support('html5', ['caption', 'comment-form', 'comment-list', 'gallery']);
    add_theme_support('post-formats', ['gallery', 'video']);
    add_theme_support('post-thumbnails');
    add_theme_support('responsive-embeds');
    add_theme_support('title-tag');
    register_nav_menus(['primary' => 'Menu utama']);
});

add_action('widgets_init', fn() => register_sidebar([
    'id' => 'sidebar-1',
    'name' => 'Bilah samping',
    'before_widget' => '<section id="%1$s" class="widget %2$s">',
    'after_widget' => '</section>',
    'before_title' => '<h3 class="widget-title">',
    'after_title' => '</h3>',
]));

add_filter('body_class', fn(array $classes) => [...$classes, 'idtheme', 'kentooz']);
add_filter('post_class', fn(array $classes) => is_singular()
    ? ['content-single', ...$classes] : $classes);
