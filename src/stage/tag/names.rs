//! What the parts of speech alone get wrong: words that the dictionary takes for names and are none, and how a Chinese name begins.
//!
//! The dictionary's tags were counted on novels and old news by a machine, so that 智慧 is a person and 城市 a place in it. The lists
//! are short on purpose: they hold what occurs in ordinary text. All of it is in simplified characters.

/// Frequent surnames of one character: over nine tenths of all people have one of these.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈\
姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔\
伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍成苗谷盛曲翁骆路游辛管柴蒙鲍华喻祁蒲房屈饶解牟艾尤穆";

/// Surnames of two characters.
const COMPOUND: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯",
];

/// Words that the dictionary has for persons although they begin like one, or are of a tag for foreign names.
const NO_PERSONS: &[&str] = &[
    "安全",
    "安静",
    "安宁",
    "安抚",
    "白领",
    "白雪",
    "白石",
    "白宫",
    "包容",
    "毕业",
    "常德",
    "成熟",
    "崇拜",
    "崇高",
    "陈列",
    "陈述",
    "丁香",
    "登基",
    "东方",
    "多谢",
    "二人",
    "二世",
    "二中",
    "范畴",
    "方便",
    "丰收",
    "高超",
    "高潮",
    "高峰",
    "高明",
    "高僧",
    "高水平",
    "高尚",
    "高新",
    "古建筑",
    "古老",
    "关怀",
    "关爱",
    "光荣",
    "贺电",
    "洪水",
    "胡说",
    "胡同",
    "胡子",
    "华容县",
    "黄金周",
    "黄石",
    "黄鹤楼",
    "金刚",
    "金殿",
    "金水桥",
    "金水河",
    "康复",
    "康乐",
    "孔明灯",
    "兰花",
    "雷达",
    "令人",
    "林立",
    "林区",
    "柳树",
    "龙头",
    "陆军",
    "路灯",
    "马来",
    "马匹",
    "麻城",
    "梅花",
    "蒙古人",
    "明星",
    "莫斯科",
    "宁静",
    "宁可",
    "牛奶",
    "齐全",
    "齐声",
    "秦汉",
    "秦岭",
    "任务",
    "石狮",
    "石英",
    "师生",
    "苏军",
    "唐僧",
    "万元",
    "王朝",
    "王府",
    "王公",
    "王国",
    "王爷",
    "王子",
    "魏晋",
    "温泉",
    "温馨",
    "文明",
    "文武",
    "武功",
    "武林",
    "夏秋",
    "夏天",
    "小学生",
    "言语",
    "阳光",
    "伊拉克",
    "乌克兰",
    "阿拉伯人",
    "严格",
    "叶子",
    "游人",
    "张大",
    "钟祥",
    "周转",
    "朱红",
    "祝贺",
    "左翼",
    "顾客",
    "顾问",
    "谢谢",
    "许可",
    "向东",
    "向阳",
    "西向东",
    "江夏郡",
];

/// Words that the dictionary has for places.
const NO_PLACES: &[&str] = &[
    "阿哥",
    "爱国",
    "长大",
    "长度",
    "朝廷",
    "城市",
    "城镇",
    "大都市",
    "大国",
    "大海",
    "大街",
    "大桥",
    "东西",
    "福利",
    "福临",
    "高山",
    "高原",
    "哥哥",
    "古城",
    "古典",
    "海峡",
    "海洋",
    "河谷",
    "河口",
    "河水",
    "湖泊",
    "回国",
    "建国",
    "江湖",
    "江山",
    "京城",
    "开国",
    "美丽",
    "内河",
    "平原",
    "普及",
    "青春",
    "庆典",
    "日志",
    "山河",
    "山坡",
    "山区",
    "山水",
    "商城",
    "上市",
    "深度",
    "神圣",
    "石桥",
    "太平",
    "太阳",
    "外国",
    "新建",
    "新旧",
    "英雄",
    "新鲜",
    "阴阳",
    "云集",
    "中断",
    "中路",
    "南路",
    "南北",
    "治安",
    "自治县",
    "自治州",
    "王国",
    "共和国",
    "冰川",
    "上马",
    "山脉",
    "琉璃瓦",
];

/// Words that the dictionary has for organisations.
const NO_ORGANISATIONS: &[&str] = &[
    "新兴产业",
    "国际化",
    "社会科学",
    "天文学",
    "中南部",
    "中西部",
    "统计学",
    "伦理学",
    "中医药",
    "音乐会",
    "交易会",
    "四合院",
    "黑社会",
    "超级大国",
    "党政军",
    "建设路",
    "联合体",
    "施工队",
    "音乐厅",
    "解放区",
];

/// Whether `word` is the surname of many.
pub(super) fn is_surname(word: &str) -> bool {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => SURNAMES.contains(only),
        _ => COMPOUND.contains(&word),
    }
}

/// Whether `word` begins with a surname and goes on.
pub(super) fn has_surname(word: &str) -> bool {
    let compound = COMPOUND
        .iter()
        .any(|name| word.starts_with(name) && word != *name);
    let mut chars = word.chars();
    compound || chars.next().is_some_and(|first| SURNAMES.contains(first)) && chars.next().is_some()
}

/// Whether `word` is no person, whatever its tag.
pub(super) fn is_no_person(word: &str) -> bool {
    NO_PERSONS.contains(&word)
}

/// Whether `word` is no place, whatever its tag.
pub(super) fn is_no_place(word: &str) -> bool {
    NO_PLACES.contains(&word)
}

/// Whether `word` is no organisation, whatever its tag.
pub(super) fn is_no_organisation(word: &str) -> bool {
    NO_ORGANISATIONS.contains(&word)
}
