<?php
// What later versions print otherwise: sections above the headline, author and date beside a
// picture of the author, one more way to share, numbered pages; the rest stands in parts/.

add_filter('kabar_pagination', fn() => 'pagination');

add_filter('kabar_share_services', fn(array $services) => $services + [
    'pin' => ['Pin ini', 'https://pinterest.com/pin/create/button/?url='
        . rawurlencode(get_permalink())],
]);
