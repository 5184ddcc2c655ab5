<?php
// Another newsroom, whose posts nobody looked at while the reader was written: for figures that
// say how it reads what it does not know. It writes other prose, signs and dates it otherwise.

require __DIR__ . '/prose.php';
require __DIR__ . '/desk.php';

const SECTIONS = [
    'Berita' => ['Kabar Kampung' => ['Hulu' => [], 'Pesisir' => []], 'Perbatasan' => []],
    'Ekonomi & Bisnis' => ['Sawit' => [], 'Perikanan' => []],
    'Budaya' => ['Gawai' => [], 'Kuliner Khas' => []],
    'Cek Fakta' => [],
    'Iptek' => [],
    'Sosok' => [],
];
const TAGS = [
    'Gawai Dayak', "Robo'-Robo'", 'Danau Sentarum', 'TNI-Polri', 'K-Pop', 'COVID-19',
    'P3K & CPNS', 'Bandara Supadio', 'Hari Jadi ke-250', 'Orang Utan', 'Madu Kelulut', 'Entikong',
];
const AUTHORS = [
    // login => [name, what is said of the author under the posts]
    'kontributor' => ['Kontributor Kapuas Hulu', ''],
    'yn' => ['Y. N. Simamora', 'Redaktur. Meliput perbatasan sejak 2009.'],
    'dayang' => ['Dayang Fitri Kasih', ''],
    'admin2' => ['redaksi_01', ''],
];
const TOPICS = ['Perhutanan Sosial', "Robo'-Robo'", 'Haji 2024'];
const WRITERS = ['Paulus Jihing', 'Siti N. Azizah', 'Tim Liputan'];
const EDITORS = ["Ma'ruf", 'Y. N. Simamora', 'Drs. Lim A Kiong'];

return new OtherDesk(new OtherProse(20260117));
