"""Words that the check must know: countries, towns, and what is written like a name without being one.

Gives sets of words, folded as `letter_key` folds them (small letters, katakana as hiragana).
They need not be complete: a word too few costs a question to staff, which a YES with a reason answers.
Never holds the name of a person.
"""

from __future__ import annotations

from bot.core.anonymity.folding import letter_key


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _words(text: str) -> frozenset[str]:
    return frozenset(letter_key(text).split())


ORIGINS = _words("""
    Afghan Afghanistan Albania Albanian Algeria Algerian Angola Angolan Armenia Armenian Azerbaijan Azerbaijani Bahrain Bahraini
    Bangladesh Bangladeshi Belarus Belarusian Benin Bhutan Bhutanese Bolivia Bolivian Bosnia Bosnian Brazil Brazilian Burkina Burkinabe
    Burma Burmese Burundi Burundian Cambodia Cambodian Cameroon Cameroonian Chad Chadian Chile Chilean China Chinese Colombia Colombian
    Comoros Congo Congolese Cuba Cuban Djibouti Djiboutian Ecuador Ecuadorian Egypt Egyptian Eritrea Eritrean Ethiopia Ethiopian Gabon
    Gambia Gambian Georgia Georgian Ghana Ghanaian Guatemala Guatemalan Guinea Guinean Haiti Haitian Honduras Honduran Hungary Hungarian
    India Indian Indonesia Indonesian Iran Iranian Iraq Iraqi Israel Israeli Ivorian Jamaica Jamaican Jordan Jordanian Kazakhstan Kazakh
    Kenya Kenyan Korea Korean Kosovo Kuwait Kuwaiti Kyrgyz Kyrgyzstan Laos Laotian Lebanon Lebanese Liberia Liberian Libya Libyan
    Madagascar Malawi Malaysia Malaysian Mali Malian Mauritania Mauritanian Mexico Mexican Moldova Moldovan Mongolia Mongolian Morocco
    Moroccan Mozambique Myanmar Nepal Nepalese Nepali Nicaragua Nicaraguan Niger Nigeria Nigerian Oman Pakistan Pakistani Palestine
    Palestinian Panama Peru Peruvian Philippines Filipino Filipina Poland Polish Qatar Romania Romanian Russia Russian Rwanda Rwandan
    Salvador Salvadoran Saudi Senegal Senegalese Serbia Serbian Somalia Somali Somalian Sudan Sudanese Syria Syrian Taiwan Taiwanese
    Tajikistan Tajik Tanzania Tanzanian Thailand Thai Tibet Tibetan Togo Togolese Tunisia Tunisian Turkey Türkiye Turkish Turkmenistan
    Turkmen Uganda Ugandan Ukraine Ukrainian Uruguay Uzbekistan Uzbek Venezuela Venezuelan Vietnam Vietnamese Yemen Yemeni Zambia Zambian
    Zimbabwe Zimbabwean Lanka Lankan Kurd Kurdish Rohingya Hazara Uyghur Uighur Tigrayan Oromo Yazidi Chechen Ahmadi アフガニスタン
    アルジェリア アルバニア アルメニア アンゴラ アゼルバイジャン イエメン イラク イラン イスラエル インド インドネシア ウガンダ ウクライナ
    ウズベキスタン エクアドル エジプト エチオピア エリトリア エルサルバドル ガーナ カザフスタン カメルーン ガンビア カンボジア ギニア
    キューバ キルギス グアテマラ クウェート ケニア コートジボワール コロンビア コンゴ サウジアラビア ザンビア シリア ジンバブエ スーダン
    南スーダン スリランカ セネガル ソマリア タイ タジキスタン タンザニア チベット チャド チュニジア トーゴ トルクメニスタン トルコ
    ナイジェリア ニカラグア ニジェール ネパール ハイチ パキスタン パレスチナ バングラデシュ フィリピン ブータン ブラジル ブルキナファソ
    ブルンジ ベトナム ベナン ベネズエラ ベラルーシ ペルー ボリビア ホンジュラス マダガスカル マラウイ マリ マレーシア ミャンマー ビルマ
    メキシコ モーリタニア モザンビーク モルドバ モロッコ モンゴル ヨルダン ラオス リビア リベリア ルーマニア ルワンダ レバノン ロシア
    クルド ロヒンギャ ハザラ ウイグル ジョージア エスワティニ ジブチ チェチェン ヤジディ アムハラ ティグレ オロモ
""")
ORIGINS_IN_KANJI = ("中国", "韓国", "北朝鮮", "台湾", "香港")

PREFECTURES = _words("""
    北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 神奈川 新潟 富山 石川 福井 山梨 長野 岐阜 静岡 愛知 三重 滋賀 京都 兵庫
    奈良 和歌山 鳥取 島根 岡山 広島 山口 徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分 宮崎 鹿児島 沖縄
""")
TOWNS = PREFECTURES | _words("""
    札幌 函館 旭川 仙台 盛岡 水戸 牛久 宇都宮 前橋 高崎 伊勢崎 大泉 館林 川口 蕨 さいたま 横浜 川崎 相模原 大和 浜松 名古屋 豊橋 豊田 津
    四日市 鈴鹿 神戸 姫路 高松 松山 北九州 大村 那覇 松本 金沢 成田 甲府 福山 八王子 立川 町田 府中 堺 Hokkaido Aomori Iwate Miyagi Akita
    Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba Kanagawa Niigata Toyama Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie
    Shiga Kyoto Hyogo Nara Wakayama Tottori Shimane Okayama Hiroshima Yamaguchi Tokushima Kagawa Ehime Kochi Fukuoka Saga Nagasaki
    Kumamoto Oita Miyazaki Kagoshima Okinawa Sapporo Hakodate Sendai Morioka Mito Ushiku Utsunomiya Maebashi Takasaki Isesaki Kawaguchi
    Warabi Yokohama Kawasaki Sagamihara Hamamatsu Nagoya Toyohashi Toyota Yokkaichi Suzuka Kobe Himeji Takamatsu Matsuyama Kitakyushu
    Omura Naha Matsumoto Kanazawa Narita Kofu Hachioji Sakai
""")
QUARTERS = _words("""
    上野 中野 渋谷 目黒 品川 大塚 赤羽 日暮里 上田 太田 小松 高山 熊谷 小山 市川 飯田 岡崎 吉川 平野
""")
LARGE_PLACES = _words("Tokyo Osaka Japan 東京 大阪 日本 Kansai Kanto 関西 関東")

LANGUAGES = _words("""
    English Japanese French German Spanish Portuguese Italian Dutch Arabic Persian Farsi Dari Pashto Urdu Hindi Bengali Tamil Sinhala
    Swahili Amharic Tigrinya Lingala Kinyarwanda Khmer Tagalog Mandarin Cantonese Hebrew Greek Latin Sinhalese Kurmanji Sorani
""")

MONTHS_AND_DAYS = _words("""
    January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun
""")

# What stands with a capital in such texts and is no name; also words that are names as well, and mean nothing on their own.
_ORDINARY_ALONE = _words("""
    designated activities specified skilled engineer specialist dependent transferee intra technical intern recognition control code bench
    rules guidelines handbook policy nationalities humanities visitor working holiday provisionally complementary subsidiary quasi
    evacuation park hill lake king queen rose bell brown white black green gray stone wood woods rice bush fox wolf bird fish cook baker
    carpenter farmer fisher hunter miller potter walker price sharp short strong swift noble moon star sun sky snow rain storm spring
    autumn winter field ford bay min max approx a able about above accompany across act action administrative advice affidavit after again
    against age agency alien all also although always am amnesty an and any appeal appellant applicant application apply appointment are
    army arrest article as assembly assist assistance asylum at attached attend attorney bail bar based be because been before below best
    board both branch bureau but by call can cannot case cases centre center certificate chamber check checking chief child children
    christian church citizen city civil claim claimant client close collect college come commission commissioner committee company
    complaint compare contact convention could council counsel country court criminal cross daughter day days dear decision democratic
    department deportation desk detention diplomatic disclosure district do document documents does doctor draft drafting due during each
    early east eastern economic education eight either embassy employer employment enclosed evidence examination faith family father
    federal female few fictional file filed filing first five for force foreign former found four free freedom friend from front full
    general girl give good government grace great group guarantor guardian had has have he head health hear hearing help her here high his
    home hope hospital hotel hour hours house human humanitarian husband if immigration in information inquiry instance instead institute
    interior international interpreter interview into investigation is islamic issue it its job joint judge judgment judicial justice kind
    labor labour last late law lawyer leave legal letter liberation list litigation local long love male man many mark marriage matter may
    me medical meeting member men mental military minister ministry minor most mother movement mr mrs ms muslim must my national
    nationality nations need new next night no non none north northern not notary note notes notice now number oath of off office officer
    official old on one online only open opening opinion opposition or oral order organisation organization original other our out over
    page parliament part party passport patience period permanent permit person place plaintiff please police political poor president
    press prime prison pro procedure proceeding project prosecutor protection protocol province provincial provisional public read receipt
    record records red refugee refugees refusal region regional registration release remote removal report reports representative republic
    request research residence residency resident reunification review revolutionary right rights road room rule said school second
    secretary section security see self service services session seven she should since single sister six so social society son south
    southern special spouse staff state statement states status stay still street student such summary supreme support survivor take ten
    term test than that the their them then there these they third this those three through time title to today together torture town
    trade trading training translated translation translator travel treaty tribunal trust twelve two under union united university until
    up urgent us use van very via victim video village visa visit wait want war was watch way we week well were west western what when
    where which while who whom why wife will win wish with witness woman women word work worker world would write written year years yes
    yesterday yet you young your youth zone opponent landlord partner brother uncle aunt cousin relative neighbour colleague manager
    director founder owner unknown unnamed nil na tbd said else jesus allah foundation limited holdings inc ltd co corp corporation llc kk
    group bank store shop restaurant factory farm harbour legalaid bono
""")
ORDINARY = _ORDINARY_ALONE | MONTHS_AND_DAYS | LANGUAGES | ORIGINS | LARGE_PLACES

COMPANY_WORDS = _words("""
    inc ltd co corp corporation company limited llc llp kk gk trading holdings foods bank group industries industry construction
    restaurant factory farm hotel school university hospital association foundation partners party clinic church store shop services
    international
""")
COMPANY_SUFFIXES = _list("""
    大学 病院 学校 学園 医院 商店 工務店 工業 商事 建設 組合 協会 食品 水産 農園 農協 興業 物産 産業 運輸 旅館 食堂 商会 製作所 工場 教会
    寺 事務所
""")
COMPANY_AFFIXES = _list("""
    株式会社 有限会社 合同会社 合資会社 特定非営利活動法人 NPO法人 医療法人 学校法人 社会福祉法人 宗教法人 一般社団法人 一般財団法人
    社団法人 財団法人 (株) (有) (同)
""")
AUTHORITIES = _words("""
    government ministry minister agency bureau court embassy consulate state states unhcr police prosecutor immigration tribunal republic
    kingdom
""")
PARTICLES = _words("al el ul ur bin bint ibn ben abu abd de da do dos di du del della la le van von der den ter ould st san")

# A piece of Japanese that holds one of these is a description, no name.
DESCRIPTIONS = _list("""
    事務所 事務 担当 依頼 申請 在留 難民 弁護 通訳 国籍 女性 男性 不詳 不明 保証人 家族 親族 配偶 雇用 勤務 本人 相手 原告 被告 代理 支援
    団体 裁判 地裁 高裁 法務 入管 出入国 大臣 警察 検察 政府 大使 領事 該当 なし 未定 架空 仮名 未成年 夫妻 夫婦 息子 旧姓 通称 別名 父親
    母親 兄弟 姉妹 子供 子ども 友人 知人 同僚 上司 代表 社長 会長 学校 大学 病院 医師 患者 先生 職員 関係 書士 控訴 上告 債務 債権 使用
    加害 被害 収容 日本 東京 大阪 連絡 電話 内線 確認 外国 ご本 各位 お客 外務 厚生 労働 文部 担任 住所 出身 技能 実習 留学 同行 面会 面接
    年齢 性別 職業 言語 訴訟 審査 審判 陳述 学生 生徒 児童 市民 住民 大家 旦那 隣人 仲間 教会 神父 集団 全員 複数 名前 氏名 原文 翻訳 資料
    活動 滞在 定住 永住 経営 放免 保育 小学 中学 高校
""")
ROLES_IN_KANJI = _words("""
    夫 妻 父 母 子 兄 弟 姉 妹 娘 甥 姪 祖父 祖母 長男 長女 次男 次女 国 同 両 人 方 元夫 元妻 叔父 叔母 彼 彼女 氏 孫 嫁 婿 客 奥 皆 赤
    者
""")
ORDINARY_GIVEN_NAMES = _words("""
    平和 希望 自由 未来 正義 勇気 公平 大地 和平 平安 健康 幸福 信仰 真実 光明 中国 国際 社会
""")

# Who stands alone in a list of names to check without being called by it: ``landlord; Government``.
NOBODY = (
    LANGUAGES
    | LARGE_PLACES
    | COMPANY_WORDS
    | AUTHORITIES
    | _words("""
    above agency agent alien all also and any appellant applicant army attorney aunt brother brothers bureau cases checked child children
    citizen civil claim claimant client clients close colleague committee conflict council counsel country cousin daughter defendant department
    director doctor each embassy employer examination family father federal female fictional file for former founder friend from girl guarantor
    guardian he head her his home house husband in income interpreter it its judge judicial landlord lawyer legal limited local male man manager
    member mother mr mrs ms my name national neighbour neighbor new nil no none not note notes of office officer official on one only opponent
    organisation organization other our owner parent parents parliament partner party person plaintiff prison pro prosecutor province public
    refugee refugees relative representative respondent school see self she should since sister son sons spouse staff state student tbd than that
    the their them then there these they third this those through to translator tribunal two under united unknown unnamed until us use van very via
    victim village visa visitor we who wife with witness woman women worker yes you see please read check adverse other uncle
""")
)

TITLES = _words("mr mrs ms miss mx dr prof professor judge officer sir madam father sister brother")
COMPANY_ENDINGS = _words("inc ltd co corp llc llp kk gk limited")
ABBREVIATIONS = _words("""
    us uk un eu ie eg am pm usa uae ad bc nb ps id it tv dv hu pa ea dc rp lp ia aa da va oa cv ai ip cd qr no pr hr po vs ok la sf mr ms dr st ml
    sns npo ngo icu hiv std usd jpy gps url pdf csv dna iom hrw icj cat crc irb faq kk nhk jr nta fsa moj isa jar coi roc drc prc car ice
""")
KATAKANA_WORDS = _words("""
    ソーシャル ワーカー ムスリム グループ センター オンライン インタビュー パスポート サポート メール ページ リスト ケース スタッフ
    ボランティア キリスト イスラム シーア スンニ スンナ キャンプ ジャーナリスト デモ プロジェクト メンバー カトリック プロテスタント
    ジェンダー セクシュアル マイノリティ オーナー ヘルパー ママ パパ シスター コーディネーター マネージャー ブローカー エージェント
    リーダー インターン アシスタント コミュニティ ビザ アパート ホテル トラック ドライバー ヒアリング アドバイス カウンセラー
    カウンセリング トラウマ レター リサーチ レポート
""")

# What somebody is said to be in the words in which somebody is named: "the client is Alevi", 「依頼者はエンジニアです」.
PEOPLES_AND_FAITHS = _words("""
    Shia Shi Shiite Sunni Alevi Alawite Ismaili Sufi Hindu Sikh Jew Jewish Buddhist Bahai Baha Druze Copt Coptic Catholic Protestant Orthodox
    Pentecostal Evangelical Jehovah Falun Zoroastrian Karen Karenni Kachin Chin Shan Mon Rakhine Bamar Pashtun Baloch Balochi Tajik Amhara
    Tigray Afar Somalian Hutu Tutsi Igbo Yoruba Hausa Fulani Luo Bakongo Luba Mongol Han Hmong Khmer Cham Roma Berber Amazigh Turkoman Arab
    Assyrian Chaldean Circassian Crimean Tatar African Asian Latino Latina European American British Australian Canadian Irish Scottish
    Ivory Cote Sierra Eswatini Swazi Lesotho Namibian Guyanese Fijian Samoan Tongan Bosniak Croat Croatian Slovak Czech Slovenian Lithuanian
    Latvian Estonian Bulgarian Greek Cypriot Maltese Portuguese Spaniard Dane Swede Finn Norwegian Swiss Austrian Stateless Bidoon Bidun Dalit
    UNHCR IOM Whatsapp Line Mandate Covid Sri Papua Mozambican
""")
STANDINGS_IN_KATAKANA = _words("""
    エンジニア シェフ コック パート アルバイト バイト フリーランス カメラマン モデル ダンサー ブロガー ユーチューバー アーティスト ミュージシャン
    シングルマザー シングルファーザー トランスジェンダー ゲイ レズビアン バイセクシュアル クリスチャン ヒンドゥー シク ハーフ ダブル オーバーステイ
    ホームレス フルタイム ネイティブ カレン カチン チン シャン モン ロマ パシュトゥン タミル ベンガル イギリス アメリカ フランス ドイツ イタリア
    スペイン カナダ オーストラリア ニュージーランド デザイナー プログラマー ライター レポーター ドライバー ナース ピアニスト
    アラブ アフリカ アジア ヨーロッパ ユダヤ ペルシャ サウジ スポンサー
    アクティビスト フェミニスト パイロット サラリーマン
""")
THINGS_IN_KATAKANA = _words("""
    スマートフォン スマホ ケータイ パソコン カード ペンネーム ニックネーム メモ ノート ファイル データ コピー サイン アカウント アドレス ネット サイト ブログ インターネット
    レストラン ラーメン コンビニ スーパー スナック バー パブ クラブ カフェ ホステル ゲストハウス シェルター モスク マンション ハウス ルーム ビル ガス
    バス タクシー バイク ガソリン ボート テント ベッド トイレ ドア カメラ テレビ ラジオ ニュース マスコミ メディア ガソリンスタンド
    ストレス アルコール ドラッグ アレルギー インスリン ワクチン コロナ ウイルス エイズ ガン ケガ クリニック リハビリ ショック パニック フラッシュバック
    タリバン ターリバーン ハマス ヒズボラ ダーイシュ マフィア ギャング テロ ゲリラ クーデター レイプ リンチ スパイ デマ ビラ ポスター スローガン ストライキ
    カブール ヘラート アレッポ ダマスカス モスル バグダッド テヘラン イスタンブール アンカラ ハルツーム アディスアベバ キンシャサ ゴマ ヤンゴン マンダレー コックスバザール
    コロンボ カトマンズ ハノイ ホーチミン ダッカ ラゴス ナイロビ カンパラ ヤウンデ ドゥアラ キーウ ハルキウ モスクワ ミンスク ラサ ウルムチ ペシャワール カイロ アンマン
    ドバイ ローン ボーナス シフト サービス ノルマ ハラスメント セクハラ パワハラ イジメ トラブル クレーム ミス リスク ニーズ テスト レベル コース クラス スクール
    サッカー スポーツ ダンス ゲーム ヒジャブ スカーフ クルアーン コーラン イマーム ラマダン ムッラー スンナ アッラー カースト ダリット キリスト
    プライバシー セキュリティ パターン ポイント タイプ スケジュール タイミング アポ コメント メッセージ チャット グーグル フェイスブック ツイッター ズーム スカイプ
    サイズ ペット ミルク オムツ ベビー ベビーカー ランドセル ドレス アルバム ビデオ ボイスレコーダー レシート サポーター ケアマネ ケアマネージャー ドクター ナース
    ハローワーク カリタス アムネスティ ブローカー ディーラー オフィス メーカー ライン プラント リサイクル スクラップ クリーニング ペンキ ネイル マッサージ タトゥー
    シーア スンニ アレヴィー バハイ ゾロアスター ヒンドゥー ヒンズー シク ユダヤ イスラム モスレム カトリック クリスチャン トゥチ ツチ フツ パシュトゥーン タジク ウズベク
    トルクメン ロマ ベルベル オスマン アラウィー アルメニア ヌビア フール ザガワ マサリート カチン カレン チン シャン モン ラカイン ベンガル タミル シンハラ イスラーム
""")
ENDS_OF_THINGS = tuple(
    letter_key(end)
    for end in (
        "ション",
        "スクール",
        "メント",
        "ビザ",
        "ワーク",
        "ワーカー",
        "センター",
        "パスポート",
        "グループ",
        "システム",
        "スト",
        "ドライバー",
        "ハラスメント",
    )
)
NAMES_AND_WORDS = _words(
    "Grace Hope Faith Mercy Joy Patience Prince Blessing Innocent Justice Will Mark Rose April June August Star Sunny Gift Precious Favour"
)
BODIES_AND_CITIES = _words("""
    Taliban Hamas Hezbollah Hizbollah Daesh Isis Boko Haram Shabaab Caritas Amnesty Mafia Cosa PKK FARC Zoom Facebook Google
    Kabul Herat Kandahar Mazar Jalalabad Kunduz Ghazni Tehran Isfahan Mashhad Shiraz Tabriz Baghdad Mosul Basra Erbil Damascus Aleppo Homs
    Idlib Beirut Amman Ankara Istanbul Izmir Diyarbakir Gaziantep Gaza Cairo Khartoum Omdurman Darfur Asmara Addis Ababa Mekelle Mogadishu
    Hargeisa Nairobi Kampala Kigali Bujumbura Kinshasa Goma Bukavu Lubumbashi Brazzaville Yaounde Douala Bamenda Buea Lagos Abuja Kano Accra
    Lome Cotonou Abidjan Dakar Conakry Freetown Monrovia Bamako Harare Lusaka Luanda Tripoli Tunis Algiers Islamabad Karachi Lahore Peshawar
    Quetta Delhi Mumbai Kolkata Dhaka Chittagong Bazar Colombo Jaffna Kathmandu Yangon Mandalay Naypyidaw Sittwe Hanoi Saigon Bangkok Manila
    Jakarta Beijing Shanghai Urumqi Kashgar Lhasa Kyiv Kiev Kharkiv Lviv Odesa Mariupol Moscow Minsk Tbilisi Yerevan Baku Tashkent Dushanbe
    Bishkek Almaty Caracas Bogota Havana Lima Port Geneva London Paris Berlin Dubai Doha Seoul Taipei Busan
""")
