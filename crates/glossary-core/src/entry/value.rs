//! YAML, JSON, and TOML as one tree of values. The only module that names their parsers.
//!
//! The author of `serde_yaml` has archived it, and its time grows with the square of nesting. So this
//! module bounds nesting before the parser reads a byte, and repetition by aliases while it does.

use std::cell::Cell;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

/// YAML with more brackets open at once is refused unread.
const MAX_BRACKETS: usize = 512;

/// YAML with more list marks on one line is refused unread.
const MAX_LIST_MARKS: usize = 64;

/// Decimal numbers of which the spelling is looked up in the source; each costs a pass over it.
const MAX_SPELLED: usize = 64;

/// A value of a data file or of front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A text, or a number as it is written.
    Text(String),
    /// Values in order.
    List(Vec<Value>),
    /// Keys with their values, in order.
    Map(Map),
}

/// Keys with their values, in order.
pub type Map = Vec<(String, Value)>;

/// Why a text cannot be parsed, and the byte at which the parser noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// The parser's message.
    pub reason: String,
    /// The byte.
    pub byte: usize,
}

impl Invalid {
    /// A parser's message without its location, which `byte` carries.
    fn new(message: &str, byte: usize) -> Self {
        let reason = message.split(" at line ").next().unwrap_or(message);
        let advice = if reason.starts_with("mapping values are not allowed") {
            "; quote the value: it holds a colon"
        } else {
            ""
        };
        let reason = reason.replace('\n', ", ") + advice;
        Self { reason, byte }
    }
}

impl Value {
    /// Parses YAML.
    ///
    /// # Errors
    /// Invalid YAML, and nesting or repetition that no glossary needs.
    pub fn from_yaml(yaml: &str) -> Result<Self, Invalid> {
        let mut open = 0_usize;
        for (number, line) in yaml.lines().enumerate() {
            let opened = line.bytes().filter(|byte| b"[{".contains(byte)).count();
            let closed = line.bytes().filter(|byte| b"]}".contains(byte)).count();
            let marks = line.matches("- ").count() + line.matches("? ").count();
            if open + opened > MAX_BRACKETS || marks > MAX_LIST_MARKS {
                return Err(Invalid::new("nested too deep", line_start(yaml, number)));
            }
            open = (open + opened).saturating_sub(closed);
        }
        let limits = Limits::new(yaml, 4 * yaml.len() + 1024);
        limits
            .deserialize(serde_yaml::Deserializer::from_str(yaml))
            .map_err(|error| {
                let byte = error.location().map_or(0, |location| location.index());
                Invalid::new(&error.to_string(), byte)
            })
    }

    /// Parses the JSON value at the beginning of a text; also gives the byte after it.
    ///
    /// # Errors
    /// Invalid JSON.
    pub fn from_json(json: &str) -> Result<(Self, usize), Invalid> {
        let mut values = serde_json::Deserializer::from_str(json).into_iter::<Self>();
        match values.next() {
            Some(Ok(value)) => Ok((value, values.byte_offset())),
            Some(Err(error)) => {
                let line = line_start(json, error.line().saturating_sub(1));
                let byte = line + error.column().saturating_sub(1);
                Err(Invalid::new(&error.to_string(), byte))
            }
            None => Ok((Self::Null, json.len())),
        }
    }

    /// Parses TOML.
    ///
    /// # Errors
    /// Invalid TOML.
    pub fn from_toml(toml: &str) -> Result<Self, Invalid> {
        toml::Deserializer::parse(toml)
            .and_then(|from| Limits::new(toml, usize::MAX).deserialize(from))
            .map_err(|error| {
                Invalid::new(error.message(), error.span().map_or(0, |span| span.start))
            })
    }

    /// The text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            _ => None,
        }
    }

    /// The texts in a value: a scalar is a list of one.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let values = match self {
            Self::List(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        values.iter().filter_map(Self::text)
    }
}

/// The byte at which a line begins.
fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line).map(str::len).sum()
}

/// How much a parser may still produce, and the source of it.
struct Limits<'s> {
    source: &'s str,
    left: Cell<usize>,
    spelled: Cell<usize>,
}

impl<'s> Limits<'s> {
    fn new(source: &'s str, most: usize) -> Self {
        Self {
            source,
            left: Cell::new(most),
            spelled: Cell::new(0),
        }
    }

    fn spend<E: serde::de::Error>(&self, amount: usize) -> Result<(), E> {
        let left = self.left.get().checked_sub(amount);
        self.left
            .set(left.ok_or_else(|| E::custom("repeated too often"))?);
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Limits::new("", usize::MAX).deserialize(from)
    }
}

impl<'de> DeserializeSeed<'de> for &Limits<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &Limits<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        self.spend(1).map(|()| Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        self.deserialize(from)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Value, E> {
        self.spend(1).map(|()| Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.visit_str(&value.to_string())
    }

    /// A decimal number as the source spells it: `7.50` is a name that differs from `7.5`.
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        let is_delimiter = |c: char| c.is_whitespace() || ",[]{}=".contains(c);
        let words = self.source.split(is_delimiter);
        let spelled = self.spelled.replace(self.spelled.get() + 1) < MAX_SPELLED;
        let word = words
            .map(|word| word.trim_end_matches(':'))
            .find(|word| spelled && word.parse() == Ok(value))
            .map_or_else(|| value.to_string(), ToString::to_string);
        self.visit_str(&word)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        self.spend(1 + text.len())?;
        Ok(Value::Text(text.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        self.spend::<A::Error>(1)?;
        let mut values = Vec::new();
        while let Some(value) = from.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        self.spend::<A::Error>(1)?;
        let mut map = Map::new();
        while let Some(key) = from.next_key_seed(self)? {
            let key = key.text().map(ToString::to_string);
            let value = from.next_value_seed(self)?;
            map.extend(key.map(|key| (key, value)));
        }
        Ok(Value::Map(map))
    }

    /// A value with a tag of YAML, such as `!html`: the value.
    fn visit_enum<A: EnumAccess<'de>>(self, from: A) -> Result<Value, A::Error> {
        from.variant_seed(self)?.1.newtype_variant_seed(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    fn shown(value: &Value) -> String {
        match value {
            Value::Null => "~".to_string(),
            Value::Bool(value) => value.to_string(),
            Value::Text(text) => format!("“{text}”"),
            Value::List(values) => {
                let values: Vec<String> = values.iter().map(shown).collect();
                format!("[{}]", values.join(" "))
            }
            Value::Map(map) => {
                let pairs = map
                    .iter()
                    .map(|(key, value)| format!("{key}={}", shown(value)));
                format!("{{{}}}", pairs.collect::<Vec<_>>().join(" "))
            }
        }
    }

    #[test]
    fn three_formats_are_one_tree() {
        for (yaml, read) in [
            ("a: [x, 1, ~, yes, true]", "{a=[“x” “1” ~ “yes” true]}"),
            ("7.50: 1.10", "{7.50=“1.10”}"),
            ("a: !html |\n  <p>\n", "{a=“<p>\n”}"),
            ("a: &x [1]\nb: *x", "{a=[“1”] b=[“1”]}"),
            ("2020-01-02: x\ntrue: y", "{2020-01-02=“x” true=“y”}"),
            ("", "~"),
        ] {
            assert_eq!(
                Value::from_yaml(yaml).as_ref().map(shown),
                Ok(read.into()),
                "{yaml}"
            );
        }
        let json = "{\"a\": [1, null], \"b\": {\"c\": false}} rest";
        let (value, end) = Value::from_json(json).expect("JSON");
        assert_eq!(
            (shown(&value).as_str(), &json[end..]),
            ("{a=[“1” ~] b={c=false}}", " rest")
        );
        let value = Value::from_toml("a = 'x'\n[b]\nc = 1.50\n").expect("TOML");
        assert_eq!(shown(&value), "{a=“x” b={c=“1.50”}}");
    }

    #[test]
    fn errors_have_a_place_and_advice() {
        let error = Value::from_yaml("a: 1\nb: x: y\n").expect_err("no YAML");
        assert!(error.byte >= 5, "{error:?}");
        assert!(error.reason.ends_with("quote the value: it holds a colon"));
        let error = Value::from_json("{\n \"a\": 1,\n}").expect_err("no JSON");
        assert_eq!(error.byte, 11);
        let error = Value::from_toml("a = 1\nb = 'x\n").expect_err("no TOML");
        assert!(error.byte >= 6, "{error:?}");
    }

    #[test]
    fn hostile_data_is_refused() {
        let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (name, before) in "bcdefghi".chars().zip("abcdefgh".chars()) {
            let list = vec![format!("*{before}"); 9].join(", ");
            bomb += [
                &name.to_string(),
                ": &",
                &name.to_string(),
                " [",
                &list,
                "]\n",
            ]
            .concat()
            .as_str();
        }
        assert!(Value::from_yaml(&bomb).is_err());
        let text = "x".repeat(10_000);
        let repeated = format!("a: &a {text}\nb: [{}]\n", "*a, ".repeat(5_000));
        assert!(Value::from_yaml(&repeated).is_err());
        assert!(Value::from_yaml(&"[".repeat(100_000)).is_err());
        assert!(Value::from_yaml(&"- ".repeat(100_000)).is_err());
        assert!(Value::from_json(&"[".repeat(100_000)).is_err());
        assert!(Value::from_toml(&format!("a = {}", "[".repeat(100_000))).is_err());
    }
}
