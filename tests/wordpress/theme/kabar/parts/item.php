<article id="post-<?php the_ID(); ?>" <?php post_class(); ?>>
<div class="box-item">
<?php if (has_post_thumbnail()) : ?>
<a class="post-thumbnail" href="<?php the_permalink(); ?>"><?php the_post_thumbnail('medium'); ?></a>
<?php endif; ?>
<div class="box-content">
<h2 class="entry-title">
<a href="<?php the_permalink(); ?>" title="<?php the_title_attribute(); ?>" rel="bookmark"><?php the_title(); ?></a>
</h2>
<footer class="entry-footer entry-footer-archive"><div class="meta-content">
<div class="posted-by"><?php echo kabar_author(); ?></div>
<?php echo kabar_sections(); ?> | <?php echo kabar_dates(); ?>
</div></footer>
</div>
</div>
</article>
