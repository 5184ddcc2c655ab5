<?php
get_header();
the_post();
?>
<main id="primary" class="site-main col-md-8">
<article id="post-<?php the_ID(); ?>" <?php post_class(); ?>>
<?php
echo kabar_breadcrumbs();
get_template_part('parts/entry-header');
get_template_part('parts/share');
get_template_part('parts/lead');
?>
<div class="single-wrap">
<div class="entry-content entry-content-single clearfix have-stickybanner">
<?php
the_content();
wp_link_pages([
    'before' => '<div class="page-links"><span class="text-page-link">Laman:</span> ',
    'after' => '</div>',
]);
get_template_part('parts/entry-footer');
?>
</div>
<?php echo kabar_ad('stickyright', 'pos-sticky'); ?>
</div>
<?php
get_template_part('parts/share');
get_template_part('parts/related');
?>
</article>
<?php comments_template(); ?>
</main>
<?php
get_sidebar();
get_footer();
