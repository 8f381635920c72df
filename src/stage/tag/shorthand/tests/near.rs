//! Sentences that are one word away from what a rule refuses, or from what it takes.

use super::rig::{rows, traditional};

/// Each text, and its rows.
const NEAR: &[(&str, &[&str])] = &[
    // 上, 含, 以 and 之 behind a name make a bound only as the words 上下, 含三人, 以上 and 之内.
    (
        "要在渡口、船坞、灯塔三大领域上下功夫。",
        &["三大领域 3 渡口|船坞|灯塔"],
    ),
    (
        "要在渡口、船坞、灯塔三个领域上下功夫。",
        &["三个领域 3 渡口|船坞|灯塔"],
    ),
    (
        "船队、车间、班组三大平台上下联通。",
        &["三大平台 3 船队|车间|班组"],
    ),
    (
        "工商、税务、海关三部门（含派出机构）参加。",
        &["三部门 3 工商|税务|海关"],
    ),
    (
        "渔业、茶业、造船业三大产业以上年为基数。",
        &["三大产业 3 渔业|茶业|造船业"],
    ),
    (
        "渔业、茶业、造船业三类企业之内部管理。",
        &["三类企业 3 渔业|茶业|造船业"],
    ),
    ("有船主、货主、渔民三人（含三人）的可以开会。", &[]),
    ("有船主、货主、渔民三人（含本数）的可以开会。", &[]),
    ("有船主、货主、渔民三人左右的可以开会。", &[]),
    // A verb that is all of a member bounds nothing.
    (
        "渡口采用自营、代理、委托三种方式。",
        &["三种方式 3 自营|代理|委托"],
    ),
    (
        "渡口采用自营、代理和委托三种方式。",
        &["三种方式 3 自营|代理|委托"],
    ),
    ("船主、货主应当委托二人代办。", &[]),
    // 指导 and 指挥 define nothing.
    (
        "今年重点抓好两项工作。\n（一）重点是指导渔民科学养鱼。\n（二）关键是指挥防汛调度。",
        &["两项工作 2 重点是指导渔民科学养鱼|关键是指挥防汛调度"],
    ),
    // A reason, what a thing grows into, and who pays for it.
    ("五大问题由于水、电、路、气、网构成瓶颈。", &["五大问题 5"]),
    ("三大难题由于资金、人才、技术构成制约。", &["三大难题 3"]),
    ("三大难题由资金、人才、技术构成制约。", &["三大难题 3"]),
    ("三大船队由乡里、县里和企业出资组成。", &["三大船队 3"]),
    ("三大船队由乡里、县里和企业联合组成。", &["三大船队 3"]),
    (
        "三大船队由渡船队、货船队和渔船队组成，去年下水。",
        &["三大船队 3 渡船队|货船队|渔船队"],
    ),
    // Nouns that share a character by chance.
    ("“三渔”工作很重要。渔船、渔网、渔港焕然一新。", &["三渔 3"]),
    ("讲好“三渔”故事。\n市里推广渔船、渔网、渔具。", &[]),
    ("做好“三农”工作。\n市里推广农机、农药、农膜。", &["三农 3"]),
    // What four have is not what they are.
    ("北京、上海、广州和深圳的四大高校都来了。", &["四大高校 4"]),
    // A place inside of a member does not make it one.
    (
        "我们进行了清查仓库、抗旱保苗、援沪抗洪和疏浚河道的四大行动。",
        &["四大行动 4 清查仓库|抗旱保苗|援沪抗洪|疏浚河道"],
    ),
    (
        "北京、上海、广州和深圳的四大火车站都满了。",
        &["四大火车站 4"],
    ),
    (
        "李白、杜甫、白居易和王维的四大名篇都要背。",
        &["四大名篇 4"],
    ),
    // Other counts before the items.
    (
        "今年重点抓好三项工作。用三年时间，分两个阶段推进。\n（一）疏浚航道\n（二）修缮码头\n（三）培训船员",
        &["三项工作 3 疏浚航道|修缮码头|培训船员"],
    ),
    (
        "今年重点抓好三项工作。成立了五个专班。\n（一）疏浚航道\n（二）修缮码头\n（三）培训船员",
        &["三项工作 3 疏浚航道|修缮码头|培训船员"],
    ),
    (
        "今年解决了“两个难题”。还有以下几个问题。\n一是航道太浅。\n二是码头太旧。",
        &["两个难题 2"],
    ),
    (
        "今年解决了“两个难题”。还有两个短板。\n一是航道太浅。\n二是码头太旧。",
        &["两个难题 2", "两个短板 2 航道太浅|码头太旧"],
    ),
    // 多 inside of a word, or before a number, leaves nothing open.
    ("落实“五个更多五个更少”要求。", &["五个更多五个更少 10"]),
    ("落实“两增多两减少”要求。", &["两增多两减少 4"]),
    // A clause that ends in quotation marks of any kind ends no item.
    (
        "变化体现在两个方面：一是删去了\"渡口关闭期间，摆渡一律禁止\"的规定。二是放宽了船龄。",
        &["两个方面 2 删去了\"渡口关闭期间，摆渡一律禁止\"的规定|放宽了船龄"],
    ),
    (
        "变化体现在两个方面：一是删去了『渡口关闭期间，摆渡一律禁止』的规定。二是放宽了船龄。",
        &["两个方面 2 删去了『渡口关闭期间，摆渡一律禁止』的规定|放宽了船龄"],
    ),
];

#[test]
fn one_word_makes_the_difference() {
    let mut wrong = Vec::new();
    for (text, expected) in NEAR {
        let found = rows(text);
        if found != *expected {
            wrong.push(format!(
                "{text}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
        let Some(text) = traditional(text) else {
            continue;
        };
        let expected: Vec<String> = expected.iter().filter_map(|row| traditional(row)).collect();
        let found = rows(&text);
        if found != expected {
            wrong.push(format!(
                "{text}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
