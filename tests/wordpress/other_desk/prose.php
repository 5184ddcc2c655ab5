<?php
// Other words and other sentences.

final class OtherProse extends Prose
{
    protected const WORDS = [
        'kota' => [
            'Badau', 'Semitau', 'Nanga Tepuai', 'Jagoi Babang', 'Teluk Batang', 'Kendawangan',
            'Sukalanting', 'Sejangkung', 'Jungkat', 'Balai Karangan', 'Menjalin', 'Rasau Jaya',
        ],
        'tempat' => [
            'dermaga lama', 'pos lintas batas', 'rumah betang', 'surau tepi sungai',
            'kebun lada milik desa', 'lapangan tembak', 'gudang Bulog', 'ruang sidang utama',
            'posko gabungan', 'halaman puskesmas', 'jembatan gantung',
        ],
        'pejabat' => [
            'Temenggung', 'Kepala Desa', 'Pj Bupati', 'Danramil', 'Kepala Balai Karantina',
            'Rektor', 'Kepala KSOP', 'Juru bicara satgas', 'Ketua RT', 'Jaksa penuntut umum',
        ],
        'nama' => [
            'Kornelius', 'Tan Mei Hwa', 'H. Zulkarnaen', 'Y. Bonaventura', 'Siti Aisyah, M.Kes.',
            'dr. Lidwina', 'Ujang', 'M. Ridho', 'Fransiska Lestari', 'AKP Sunardi', 'Akong',
        ],
        'warga' => [
            'penoreh karet', 'peladang', 'santri', 'motoris', 'relawan', 'ibu rumah tangga',
        ],
        'hal' => [
            'sengketa lahan plasma', 'panen madu hutan', 'vaksinasi hewan penular rabies',
            'lelang ikan arwana', 'ekspor kratom', 'patroli kebakaran lahan', 'tenun ikat',
            'pemasangan menara pemancar', 'pendataan pemilih pemula', 'operasi katarak gratis',
            'ritual tolak bala', 'sidang perkara tambang', 'uji coba bus listrik',
        ],
        'akibat' => [
            'harga lada anjlok', 'sinyal telepon hilang', 'air sungai berubah keruh',
            'bibit sawit membusuk', 'kelas digabung', 'kapal tertahan di muara',
        ],
        'hari' => ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jum’at', 'Sabtu', 'Ahad'],
        'ujar' => ['ucap {nama}', 'imbuhnya', 'beber {nama}', 'tandasnya', 'pungkas {nama}'],
        'waktu' => [
            'sejak subuh', 'pada triwulan ketiga', 'usai salat Jumat', 'selama musim kemarau',
            'menjelang Gawai', 'tiga hari berturut-turut',
        ],
    ];
    protected const LEADS = [
        'Air mata {nama} tumpah saat {hal} di {tempat} akhirnya rampung, {hari} malam.',
        'Polemik {hal} di {kota} kembali mencuat {waktu}.',
        'Siapa sangka, {warga} asal {kota} ini justru menekuni {hal}.',
        '{angka} hari tanpa kabar, {warga} di {kota} menagih janji soal {hal}.',
        'Majelis hakim menunda {hal} karena {akibat}.',
    ];
    protected const SENTENCES = [
        'Pantauan di {tempat} menunjukkan {akibat} {waktu}.',
        'Ia menepis kabar bahwa {hal} dihentikan sepihak.',
        'Bagi {warga}, {hal} bukan perkara angka di atas kertas.',
        'Luas lahan yang dimaksud {angka} hektare, separuhnya gambut.',
        'Dari {kota}, perjalanan disambung perahu motor selama {angka} menit.',
        '{pejabat} {nama} tidak menjawab pertanyaan yang dikirim lewat pesan singkat.',
        'Dua saksi sudah diperiksa, satu di antaranya {warga}.',
        'Nilainya Rp{angka}.000.000, atau naik 7,5 persen (year on year).',
        'Catatan redaksi: peristiwa serupa terjadi di {kota} pada 2017.',
        'Acara ditutup dengan doa dan makan bersama di {tempat}.',
        'Meski begitu, {akibat} belum pulih sepenuhnya.',
        'Sampai pukul 17.45 WIB, {angka} orang masih bertahan di {tempat}.',
        'Dokumen setebal {angka} halaman itu diserahkan {pejabat} {waktu}.',
        'Tak sedikit {warga} yang memilih pulang lebih awal.',
    ];
    protected const QUOTES = [
        '“Kami tidak minta banyak. Cukup {hal} jangan dipersulit,” {ujar}.',
        '“{hal}? Itu urusan {pejabat},” {ujar} sambil tertawa.',
        'Kata {nama}, "Biar lambat asal {warga} paham."',
        '"Apa benar {akibat}?" tanya {nama}; {warga} lain diam.',
    ];
    protected const HEADLINES = [
        'Kisah {nama}, {warga} {kota} yang Setia pada {hal}',
        'CEK FAKTA: Benarkah {akibat} di {kota}?',
        '{angka} Fakta {hal} {kota}, Nomor {angka} Bikin Haru',
        'Soal {hal}, {pejabat} {kota}: “Tunggu Saja”',
        '[FOTO] {hal} {waktu} di {kota}',
        'Breaking News – {akibat}, {warga} {kota} Mengungsi ({angka} Jiwa)',
        'Opini | {hal} dan Kita di {kota} {waktu}',
        '{kota}...',
    ];
    protected const SCENES = [
        'ILUSTRASI - {hal} di {kota}',
        '{nama} (kiri) menyerahkan bantuan, {hari} ({tanggal}/2023)',
        'Tangkapan layar video {hal}',
        '{warga} melintas di {tempat}, {waktu}.',
    ];
    protected const CREDITS = [
        [' (Foto: %s)', 'Humas Pemkab'],
        [' (%s)', 'Istimewa'],
        [' [%s]', 'Dok. PMI'],
        [' FOTO: %s', 'IST'],
        [' /%s', 'Dayang'],
        ['', null],
    ];
}
