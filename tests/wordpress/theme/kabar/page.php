<?php
get_header();
the_post();
?>
<main id="primary" class="site-main col-md-8">
<article id="post-<?php the_ID(); ?>" <?php post_class(); ?>>
<header class="entry-header"><?php the_title('<h1 class="entry-title"><strong>', '</strong></h1>'); ?></header>
<div class="entry-content entry-content-page clearfix"><?php the_content(); ?></div>
</article>
</main>
<?php
get_sidebar();
get_footer();
