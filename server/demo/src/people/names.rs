//! Names from many places, in Latin letters and as they are written there.

/// A name in Latin letters, and in the letters of its language.
pub(super) type Name = (&'static str, &'static str);

/// Where names come from.
pub(super) struct Culture {
    /// BCP 47.
    pub(super) language: &'static str,
    /// Whether the family name is written first.
    pub(super) family_first: bool,
    pub(super) given: &'static [Name],
    pub(super) family: &'static [Name],
}

/// A name that is written in Latin letters.
const fn latin(name: &'static str) -> Name {
    (name, name)
}

#[rustfmt::skip]
pub(super) const CULTURES: [Culture; 15] = [
    Culture {
        language: "de",
        family_first: false,
        given: &[
            latin("Jürgen"), latin("Käthe"), latin("Björn"), latin("Sören"), latin("Heike"), latin("Günther"),
            latin("Jörg"), latin("Anneliese"), latin("Matthias"), latin("Änne"), latin("Uwe"), latin("Bärbel"),
            latin("Klaus"), latin("Renate"), latin("Maximilian"), latin("Zoë"),
        ],
        family: &[
            latin("Müller"), latin("Schröder"), latin("Weiß"), latin("Groß"), latin("Köhler"), latin("Böhm"),
            latin("Jäger"), latin("Krüger"), latin("Schäfer"), latin("Voß"), latin("Fuß"), latin("von der Heyde"),
            latin("Lüdenscheidt"), latin("Öztürk-Schmidt"), latin("Straßburger"), latin("Zimmermann"),
        ],
    },
    Culture {
        language: "pl",
        family_first: false,
        given: &[
            latin("Łukasz"), latin("Małgorzata"), latin("Wojciech"), latin("Żaneta"), latin("Stanisław"),
            latin("Agnieszka"), latin("Grażyna"), latin("Zdzisław"), latin("Michał"), latin("Bożena"),
            latin("Paweł"), latin("Elżbieta"), latin("Józef"), latin("Świętosława"), latin("Krzysztof"),
            latin("Oliwia"),
        ],
        family: &[
            latin("Wiśniewska"), latin("Wójcik"), latin("Kowalczyk"), latin("Zieliński"), latin("Szymańska"),
            latin("Woźniak"), latin("Dąbrowski"), latin("Kozłowska"), latin("Jabłoński"), latin("Żak"),
            latin("Błaszczyk"), latin("Łęcka"), latin("Gołębiewska"), latin("Ćwikła"), latin("Śliwa"),
            latin("Brzęczyszczykiewicz"),
        ],
    },
    Culture {
        language: "tr",
        family_first: false,
        given: &[
            latin("Ayşe"), latin("İbrahim"), latin("Çağla"), latin("Gülşen"), latin("Işıl"), latin("Oğuz"),
            latin("Şebnem"), latin("Ümit"), latin("Özlem"), latin("Yiğit"), latin("Doğan"), latin("İpek"),
            latin("Müge"), latin("Hülya"), latin("Çetin"), latin("Kıvanç"),
        ],
        family: &[
            latin("Yılmaz"), latin("Çelik"), latin("Şahin"), latin("Öztürk"), latin("Kılıç"), latin("Aydın"),
            latin("Özdemir"), latin("Arslan"), latin("Doğan"), latin("Koç"), latin("Işık"), latin("Güneş"),
            latin("Çakır"), latin("Özkan"), latin("Şimşek"), latin("İnönü"),
        ],
    },
    Culture {
        language: "vi",
        family_first: true,
        given: &[
            latin("Thảo"), latin("Dũng"), latin("Hương"), latin("Quốc"), latin("Đức"), latin("Phương"),
            latin("Tuấn"), latin("Ngọc"), latin("Thủy"), latin("Hùng"), latin("Ánh"), latin("Linh"), latin("Khánh"),
            latin("Trúc"), latin("Vân"), latin("Bảo"),
        ],
        family: &[
            latin("Nguyễn"), latin("Trần"), latin("Lê"), latin("Phạm"), latin("Hoàng"), latin("Huỳnh"), latin("Võ"),
            latin("Đặng"), latin("Bùi"), latin("Đỗ"), latin("Hồ"), latin("Ngô"), latin("Dương"), latin("Lý"),
            latin("Phan"), latin("Vũ"),
        ],
    },
    Culture {
        language: "el",
        family_first: false,
        given: &[
            ("Giorgos", "Γιώργος"), ("Eleni", "Ελένη"), ("Dimitris", "Δημήτρης"), ("Sofia", "Σοφία"),
            ("Kostas", "Κώστας"), ("Katerina", "Κατερίνα"), ("Nikos", "Νίκος"), ("Vasiliki", "Βασιλική"),
            ("Panagiotis", "Παναγιώτης"), ("Ioanna", "Ιωάννα"), ("Odysseas", "Οδυσσέας"), ("Chrysa", "Χρύσα"),
        ],
        family: &[
            ("Papadopoulos", "Παπαδόπουλος"), ("Nikolaidis", "Νικολαΐδης"), ("Georgiou", "Γεωργίου"),
            ("Ioannidis", "Ιωαννίδης"), ("Makris", "Μακρής"), ("Karagiannis", "Καραγιάννης"), ("Vlachos", "Βλάχος"),
            ("Sisyfos", "Σίσυφος"), ("Antoniou", "Αντωνίου"), ("Oikonomou", "Οικονόμου"), ("Christou", "Χρήστου"),
            ("Samaras", "Σαμαράς"),
        ],
    },
    Culture {
        language: "uk",
        family_first: false,
        given: &[
            ("Oleksandr", "Олександр"), ("Olena", "Олена"), ("Andrii", "Андрій"), ("Iryna", "Ірина"),
            ("Yurii", "Юрій"), ("Nataliia", "Наталія"), ("Dmytro", "Дмитро"), ("Oksana", "Оксана"),
            ("Serhii", "Сергій"), ("Solomiia", "Соломія"), ("Taras", "Тарас"), ("Yevheniia", "Євгенія"),
        ],
        family: &[
            ("Shevchenko", "Шевченко"), ("Kovalenko", "Коваленко"), ("Boiko", "Бойко"), ("Tkachuk", "Ткачук"),
            ("Kravets", "Кравець"), ("Lysenko", "Лисенко"), ("Hrytsenko", "Гриценко"), ("Moroz", "Мороз"),
            ("Pavliuk", "Павлюк"), ("Zakharchenko", "Захарченко"), ("Yatseniuk", "Яценюк"), ("Shchur", "Щур"),
        ],
    },
    Culture {
        language: "bg",
        family_first: false,
        given: &[
            ("Ivan", "Иван"), ("Elena", "Елена"), ("Georgi", "Георги"), ("Tsvetelina", "Цветелина"),
            ("Hristo", "Христо"), ("Yoana", "Йоана"), ("Stoyan", "Стоян"), ("Zhivka", "Живка"), ("Boris", "Борис"),
            ("Yuliya", "Юлия"),
        ],
        family: &[
            ("Dimitrov", "Димитров"), ("Ivanov", "Иванов"), ("Petkov", "Петков"), ("Todorov", "Тодоров"),
            ("Yordanov", "Йорданов"), ("Zhelyazkov", "Желязков"), ("Shishkov", "Шишков"), ("Angelov", "Ангелов"),
            ("Tsonev", "Цонев"), ("Popov", "Попов"),
        ],
    },
    Culture {
        language: "ja",
        family_first: true,
        given: &[
            ("Haruto", "陽翔"), ("Yui", "結衣"), ("Sōta", "颯太"), ("Sakura", "さくら"), ("Kenji", "健二"), ("Akiko", "明子"),
            ("Takumi", "拓海"), ("Emi", "恵美"), ("Ren", "蓮"), ("Yōko", "陽子"), ("Daichi", "大地"), ("Misaki", "美咲"),
        ],
        family: &[
            ("Satō", "佐藤"), ("Suzuki", "鈴木"), ("Takahashi", "高橋"), ("Tanaka", "田中"), ("Itō", "伊藤"),
            ("Watanabe", "渡辺"), ("Yamamoto", "山本"), ("Nakamura", "中村"), ("Kobayashi", "小林"), ("Katō", "加藤"),
            ("Saitō", "齋藤"), ("Ōno", "大野"),
        ],
    },
    Culture {
        language: "ar",
        family_first: false,
        given: &[
            ("Ahmad", "أحمد"), ("Fatima", "فاطمة"), ("Omar", "عمر"), ("Layla", "ليلى"), ("Yusuf", "يوسف"),
            ("Maryam", "مريم"), ("Khalid", "خالد"), ("Noor", "نور"), ("Hassan", "حسن"), ("Salma", "سلمى"),
            ("Tariq", "طارق"), ("Huda", "هدى"),
        ],
        family: &[
            ("al-Masri", "المصري"), ("Haddad", "حداد"), ("al-Khatib", "الخطيب"), ("Nasser", "ناصر"),
            ("Mansour", "منصور"), ("al-Sayyid", "السيد"), ("Khoury", "خوري"), ("Saleh", "صالح"), ("al-
            Najjar", "النجار"), ("Qasim", "قاسم"), ("Darwish", "درويش"), ("Shahin", "شاهين"),
        ],
    },
    Culture {
        language: "hi",
        family_first: false,
        given: &[
            ("Aarav", "आरव"), ("Priya", "प्रिया"), ("Rahul", "राहुल"), ("Ananya", "अनन्या"), ("Vikram", "विक्रम"),
            ("Kavita", "कविता"), ("Arjun", "अर्जुन"), ("Sunita", "सुनीता"), ("Rohan", "रोहन"), ("Deepika", "दीपिका"),
        ],
        family: &[
            ("Sharma", "शर्मा"), ("Verma", "वर्मा"), ("Gupta", "गुप्ता"), ("Singh", "सिंह"), ("Patel", "पटेल"),
            ("Kumar", "कुमार"), ("Mishra", "मिश्रा"), ("Joshi", "जोशी"), ("Chaturvedi", "चतुर्वेदी"),
            ("Iyer", "अय्यर"),
        ],
    },
    Culture {
        language: "en",
        family_first: false,
        given: &[
            latin("Anna"), latin("James"), latin("Siobhán"), latin("Oliver"), latin("Charlotte"), latin("Rhys"),
            latin("Aoife"), latin("Mary-Jane"), latin("Ethan"), latin("Niamh"), latin("William"), latin("Zoe"),
            latin("Ruairí"), latin("Grace"), latin("Henry"), latin("Isla"),
        ],
        family: &[
            latin("Smith"), latin("O’Brien"), latin("MacDonald"), latin("Jones"), latin("Taylor"),
            latin("Ní Bhriain"), latin("Novak"), latin("Williams"), latin("Brown"), latin("Ó Murchú"),
            latin("Evans"), latin("Wilson"), latin("Fitzgerald"), latin("Clark"), latin("Llewellyn"),
            latin("Wright"),
        ],
    },
    Culture {
        language: "fr",
        family_first: false,
        given: &[
            latin("Élodie"), latin("François"), latin("Zoé"), latin("Loïc"), latin("Hélène"), latin("Jérôme"),
            latin("Maëlle"), latin("Anaïs"), latin("Benoît"), latin("Chloé"), latin("Noël"), latin("Aurélie"),
            latin("Gaël"), latin("Françoise"), latin("Cédric"), latin("Inès"),
        ],
        family: &[
            latin("Lefèvre"), latin("Dupré"), latin("Gauthier"), latin("Hervé"), latin("Côté"), latin("Béranger"),
            latin("Lemaître"), latin("Bœuf"), latin("Châtelain"), latin("Noël"), latin("Müller"), latin("d’Aubigné"),
            latin("L’Hermite"), latin("Rousseau"), latin("Françoise"), latin("Pélissier"),
        ],
    },
    Culture {
        language: "cs",
        family_first: false,
        given: &[
            latin("Jiří"), latin("Šárka"), latin("Ondřej"), latin("Žofie"), latin("Tomáš"), latin("Eliška"),
            latin("Řehoř"), latin("Ludmila"), latin("Matěj"), latin("Kateřina"), latin("Dušan"), latin("Božena"),
        ],
        family: &[
            latin("Dvořák"), latin("Nováková"), latin("Černý"), latin("Procházková"), latin("Kučera"),
            latin("Veselý"), latin("Horáková"), latin("Němec"), latin("Pokorný"), latin("Šťastná"), latin("Růžička"),
            latin("Jeřábek"),
        ],
    },
    Culture {
        language: "sv",
        family_first: false,
        given: &[
            latin("Åsa"), latin("Björn"), latin("Göran"), latin("Linnéa"), latin("Söderik"), latin("Märta"),
            latin("Östen"), latin("Annika"), latin("Håkan"), latin("Ebba"), latin("Þóra"), latin("Øyvind"),
        ],
        family: &[
            latin("Åkesson"), latin("Lindström"), latin("Öberg"), latin("Bergström"), latin("Sjöholm"),
            latin("Ångström"), latin("Ødegård"), latin("Håkansson"), latin("Sørensen"), latin("Ægisson"),
            latin("Guðmundsdóttir"), latin("Nyström"),
        ],
    },
    Culture {
        language: "pt",
        family_first: false,
        given: &[
            latin("João"), latin("Conceição"), latin("Inês"), latin("Antônio"), latin("Vitória"), latin("Luís"),
            latin("Mônica"), latin("Estêvão"), latin("Lúcia"), latin("Sebastião"), latin("Núria"), latin("Íñigo"),
        ],
        family: &[
            latin("Gonçalves"), latin("Araújo"), latin("Conceição"), latin("Magalhães"), latin("Simões"),
            latin("Muñoz"), latin("Peña"), latin("Guimarães"), latin("Falcão"), latin("Núñez"), latin("Brandão"),
            latin("Ibáñez"),
        ],
    },
];
