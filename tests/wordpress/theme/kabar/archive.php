<?php
// Sections, tags, topics, authors and months. The title is the bare name.
get_header();
?>
<main id="primary" class="site-main col-md-8">
<header class="page-header"><h1 class="page-title"><?php echo is_author() ? esc_html(get_the_author()) : (single_term_title('', false) ?? get_the_archive_title()); ?></h1></header>
<?php
if (kabar_headlines_only_above()) {
    get_template_part('parts/headlines');
}
kabar_list();
?>
</main>
<?php
get_sidebar();
get_footer();
