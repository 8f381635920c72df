//! The elements that blocks stand in: just enough of a tree to ask what belongs together.
//!
//! Elements are numbered as they begin, so that a parent's number is lower than its children's and sums over the tree are one
//! pass backwards. End tags that browsers let authors leave out are supplied; others that are missing or too many do
//! no harm beyond their own surroundings.

use html5gum::emitters::default::StartTag;

/// Depth from which on elements are taken for their parents: no page of a person is deeper.
const DEEPEST: usize = 512;
/// How far up an end tag looks for its element: a page of wrong end tags must not cost more than its size.
const REACH: usize = 64;

/// An element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Node {
    /// The element around it; the root is its own.
    pub(super) parent: usize,
    /// Named as a menu, a footer, comments and the like by the page's author.
    pub(super) aside: Aside,
    /// Not shown.
    pub(super) unseen: bool,
    /// A paragraph, which alone can be another's equal.
    paragraph: bool,
}

/// Whether an element says that it stands beside the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aside {
    /// It says nothing of the kind.
    #[default]
    No,
    /// By its class or id, which may be chance.
    Named,
    /// By its tag.
    Tagged,
}

/// The elements of a page.
#[derive(Debug)]
pub(super) struct Tree {
    /// By number; the first is the page.
    pub(super) nodes: Vec<Node>,
    open: Vec<(Vec<u8>, usize)>,
}

impl Default for Tree {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
            open: Vec::new(),
        }
    }
}

impl Tree {
    /// The innermost element.
    pub(super) fn node(&self) -> usize {
        self.open.last().map_or(0, |(_, node)| *node)
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether two elements are both paragraphs.
    pub(super) fn are_paragraphs(&self, one: usize, other: usize) -> bool {
        let paragraph = |at| self.nodes.get(at).is_some_and(|node: &Node| node.paragraph);
        paragraph(one) && paragraph(other)
    }

    /// Begins the element of a start tag.
    pub(super) fn open(&mut self, tag: &StartTag<usize>) {
        let name: &[u8] = &tag.name;
        if matches!(name, b"br" | b"html" | b"head" | b"body" | b"title") {
            return;
        }
        while let Some((open, _)) = self.open.last()
            && ends(name, open)
        {
            self.open.pop();
        }
        if name == b"hr" || self.open.len() >= DEEPEST {
            return;
        }
        let parent = self.node();
        let node = Node {
            parent,
            aside: aside(tag),
            unseen: unseen(tag),
            paragraph: name == b"p",
        };
        self.open.push((name.to_vec(), self.nodes.len()));
        self.nodes.push(node);
    }

    /// Ends the innermost element of this name, and what is open in it.
    pub(super) fn close(&mut self, name: &[u8]) {
        let found = self
            .open
            .iter()
            .rev()
            .take(REACH)
            .position(|(open, _)| open == name);
        if let Some(above) = found {
            self.open.truncate(self.open.len() - above - 1);
        }
    }
}

/// Whether the start of `name` ends the open element `open`, whose end tag may be left out.
fn ends(name: &[u8], open: &[u8]) -> bool {
    match open {
        b"p" => true,
        b"li" => name == b"li",
        b"dt" | b"dd" => matches!(name, b"dt" | b"dd"),
        b"option" => matches!(name, b"option"),
        b"td" | b"th" => matches!(name, b"td" | b"th" | b"tr" | b"tbody" | b"tfoot"),
        b"tr" => matches!(name, b"tr" | b"tbody" | b"tfoot"),
        b"thead" | b"tbody" => matches!(name, b"tbody" | b"tfoot"),
        _ => false,
    }
}

fn attribute<'a>(tag: &'a StartTag<usize>, name: &[u8]) -> Option<&'a [u8]> {
    tag.attributes.get(name).map(|value| value.as_slice())
}

/// Whether the element is not shown, as far as its own tag says so.
fn unseen(tag: &StartTag<usize>) -> bool {
    let style = attribute(tag, b"style").is_some_and(|style| {
        let tight: Vec<u8> = style
            .iter()
            .filter(|byte| !byte.is_ascii_whitespace())
            .map(u8::to_ascii_lowercase)
            .collect();
        let starts = |mark: &[u8]| tight.windows(mark.len()).any(|window| window == mark);
        starts(b"display:none") || starts(b"visibility:hidden")
    });
    style || attribute(tag, b"hidden").is_some()
}

/// Words in classes and ids of what stands beside an article, in English and in pinyin.
const BESIDE: [&[u8]; 37] = [
    b"ad",
    b"ads",
    b"advert",
    b"banner",
    b"beian",
    b"breadcrumb",
    b"breadcrumbs",
    b"comment",
    b"comments",
    b"copyright",
    b"crumb",
    b"crumbs",
    b"daohang",
    b"disclaimer",
    b"fenxiang",
    b"foot",
    b"footer",
    b"hot",
    b"login",
    b"menu",
    b"nav",
    b"navbar",
    b"navigation",
    b"pagination",
    b"pinglun",
    b"rank",
    b"recommend",
    b"recommended",
    b"related",
    b"share",
    b"sharebar",
    b"sidebar",
    b"tags",
    b"toolbar",
    b"topbar",
    b"tuijian",
    b"xiangguan",
];

fn aside(tag: &StartTag<usize>) -> Aside {
    if matches!(&**tag.name, b"aside" | b"footer" | b"nav" | b"menu") {
        return Aside::Tagged;
    }
    let names = [b"class".as_slice(), b"id"];
    let mut values = names.iter().filter_map(|name| attribute(tag, name));
    let beside = values.any(|value| {
        let mut words = value.split(|byte| !byte.is_ascii_alphabetic());
        words.any(|word| BESIDE.contains(&word.to_ascii_lowercase().as_slice()))
    });
    if beside { Aside::Named } else { Aside::No }
}

/// Whether `name` begins or ends a block.
pub(super) fn is_block(name: &[u8]) -> bool {
    const BLOCKS: [&[u8]; 44] = [
        b"address",
        b"article",
        b"aside",
        b"blockquote",
        b"body",
        b"br",
        b"caption",
        b"center",
        b"dd",
        b"details",
        b"dialog",
        b"dir",
        b"div",
        b"dl",
        b"dt",
        b"fieldset",
        b"figcaption",
        b"figure",
        b"footer",
        b"form",
        b"head",
        b"header",
        b"hr",
        b"html",
        b"legend",
        b"li",
        b"main",
        b"menu",
        b"nav",
        b"ol",
        b"option",
        b"p",
        b"pre",
        b"section",
        b"summary",
        b"table",
        b"tbody",
        b"td",
        b"tfoot",
        b"th",
        b"thead",
        b"title",
        b"tr",
        b"ul",
    ];
    matches!(name, [b'h', b'1'..=b'6']) || BLOCKS.contains(&name)
}
