<?php
$topic = kabar_topic();
$subtitle = get_post_meta(get_the_ID(), 'subtitle', true);
$profile = esc_url(get_author_posts_url(get_the_author_meta('ID')));
$avatar = esc_url(get_theme_file_uri('avatar.png'));
?>
<header class="entry-header entry-header-single">
<div class="gmr-meta-topic"><strong><?php echo kabar_sections(' '); ?></strong></div>
<?php the_title('<h1 class="entry-title"><strong>', '</strong></h1>'); ?>
<?php if ($subtitle) : ?>
<p class="subtitle"><?php echo esc_html($subtitle); ?></p>
<?php endif; ?>
<div class="list-table clearfix"><div class="table-row">
<div class="table-cell gmr-gravatar-metasingle">
<a class="url" href="<?php echo $profile; ?>" title="<?php the_author(); ?>">
<img class="avatar avatar-40 photo img-cicle" src="<?php echo $avatar; ?>" alt="" width="40" height="40">
</a>
</div>
<div class="table-cell gmr-content-metasingle">
<div class="meta-content gmr-content-metasingle">
<?php echo kabar_author(), $topic ? " - $topic" : ''; ?>

</div>
<div class="meta-content gmr-content-metasingle"><?php echo kabar_dates(); ?></div>
</div>
</div></div>
</header>
<div id="gmr-popupwrap" class="gmr-share-popup">
<div class="gmr-in-popup clearfix">
<span class="gmr-close-popup">&times;</span>
<h4 class="main-textshare"><?php the_title(); ?></h4>
<div class="content-share">
<div class="second-textshare">Sebarkan artikel ini</div>
<?php echo kabar_share_links(); ?>
</div>
</div>
</div>
