<?php
// The home page, and every listing that has no template of its own.
get_header();
?>
<main id="primary" class="site-main col-md-8">
<?php if (is_home() && !is_paged()) : ?>
<div class="modulehome-wrap"><div id="moduleslide"><div class="gmr-slider-content">
<?php foreach (kabar_newest(5) as $newest) : ?>
<?php echo kabar_card($newest, 'list-slider module-home'); ?>
<?php endforeach; ?>
</div></div></div>
<?php get_template_part('parts/headlines'); ?>
<h3 class="page-title"><span>News Feed</span></h3>
<?php elseif (!is_home()) : ?>
<header class="page-header"><h1 class="page-title"><?php echo is_search() ? 'Hasil pencarian' : wp_strip_all_tags(get_the_archive_title()); ?></h1></header>
<?php endif; ?>
<?php kabar_list(); ?>
</main>
<?php
get_sidebar();
get_footer();
