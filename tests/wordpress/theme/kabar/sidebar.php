<aside id="secondary" class="widget-area col-md-4 pos-sticky">
<?php dynamic_sidebar('sidebar-1'); ?>
</aside>
