<?php
if (post_password_required()) {
    return;
}
?>
<div id="comments" class="comments-area">
<?php if (have_comments()) : ?>
<h2 class="comments-title">Respon (<?php echo get_comments_number(); ?>)</h2>
<ol class="comment-list"><?php wp_list_comments(['style' => 'ol', 'avatar_size' => 40]); ?></ol>
<?php endif; ?>
<?php if (!comments_open() && get_comments_number()) : ?>
<p class="no-comments">Komentar ditutup.</p>
<?php endif; ?>
<?php
comment_form([
    'title_reply' => 'Tinggalkan Balasan',
    'cancel_reply_link' => 'Membatalkan balasan',
    'label_submit' => 'Kirim Komentar',
    'comment_notes_before' => '<p class="comment-notes"><span id="email-notes">Alamat email Anda'
        . ' tidak akan dipublikasikan.</span> <span class="required-field-message">Ruas yang wajib'
        . ' ditandai <span class="required">*</span></span></p>',
]);
?>
</div>
