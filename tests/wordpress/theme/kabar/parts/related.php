<?php
// Other articles below this one: of its sections, and whatever is recommended to everybody.
$others = ['exclude' => [get_the_ID()], 'numberposts' => 6];
$blocks = [
    'Baca Juga' => $others + ['category__in' => wp_get_post_categories(get_the_ID())],
    'Rekomendasi untuk kamu' => $others + ['orderby' => 'comment_count'],
];
?>
<?php foreach ($blocks as $title => $query) : ?>
<div class="gmr-related-post">
<h3 class="related-text"><?php echo $title; ?></h3>
<div class="wpberita-list-gallery clearfix">
<?php foreach (get_posts($query) as $other) : ?>
<?php echo kabar_card($other, 'related-gallery'); ?>
<?php endforeach; ?>
</div>
</div>
<?php endforeach; ?>
<?php echo kabar_ad('afterrelpost'); ?>
