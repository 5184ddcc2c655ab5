<div class="list-table clearfix"><div class="table-row">
<div class="table-cell gmr-comment-metasingle"><?php echo kabar_comments_link(); ?></div>
<div class="table-cell gmr-content-share"><?php echo kabar_share_links(); ?></div>
</div></div>
