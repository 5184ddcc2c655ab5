<?php
// The newsroom of the tests: its sections, tags, people, and its desk.

const SECTIONS = [
    'Berita' => [
        'Daerah' => [
            'Kota Pontianak' => [], 'Kubu Raya' => [], 'Singkawang' => [], 'Sambas' => [],
        ],
        'Nasional' => [],
        'Hukum & Kriminal' => [],
    ],
    'Ekonomi' => ['UMKM' => [], 'Pasar' => []],
    'Lifestyle' => ['Kuliner' => [], 'Wisata' => []],
    'Olahraga' => ['Sepak Bola' => []],
    'Pendidikan' => [],
    'Opini' => [],  // has no posts
];
const TAGS = [
    'Kalbar', 'Pontianak', 'Sungai Kapuas', 'Cap Go Meh', "Jum'at Berkah", 'DPRD', 'UMKM',
    'Banjir', 'Kabut Asap', 'Harga Cabai', 'PLN & PDAM', 'Medsos', 'Imlek', 'Sape', 'Persipon',
    'Vaksin',
];
const AUTHORS = [
    // login => [name, what is said of the author under the posts]
    'lay' => ['Lay', ''],
    'ria' => ['Ria Andriani', 'Wartawan BorneOneTV di Singkawang.'],
    'salmah' => ['Hj. Salmah, S.Sos.', ''],
    'ohara' => ["Yusuf O'Hara", 'Menulis tentang olahraga.'],
];
const TOPICS = ['Pilkada', 'Karhutla', 'Ramadan'];
const WRITERS = ['Marsel Tito', "Nur'aini", 'R. Dewi'];
const EDITORS = ['Sri Wahyuni', 'Lay', 'H. Usman, M.Si.'];

return new Desk(new Prose(20190304));
