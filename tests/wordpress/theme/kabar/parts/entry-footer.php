<?php
$said = fn(string $key) => (string) get_post_meta(get_the_ID(), $key, true);
$source = $said('sumber');
?>
<footer class="entry-footer entry-footer-single">
<?php the_tags('<span class="tags-links heading-text"><strong>', ' ', '</strong></span>'); ?>
<div class="gmr-cf-metacontent heading-text meta-content"><?php
foreach (['penulis' => 'Penulis', 'editor' => 'Editor'] as $key => $label) {
    if ($name = $said($key)) {
        echo '<span>', $label, ': ', esc_html($name), '</span>';
    }
}
if ($source) {
    printf('<span><a href="%s" rel="nofollow">Sumber Berita</a></span>', esc_url($source));
}
?></div>
</footer>
