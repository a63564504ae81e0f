//! The JSON Schema of a pack, so that editors can complete and check packs while someone writes
//! them.

use super::model::Pack;

/// The JSON Schema (draft 2020-12) of a pack's document, generated from the Rust types. A schema
/// cannot express rules between fields (ids must be declared, the right answer is not among the
/// wrong ones); `packs check` checks those.
#[must_use]
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Pack).to_value();
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("title".to_owned(), "A pack for Heat Check".into());
        // A pack may name its schema for editors, under the customary key.
        if let Some(properties) = fields.get_mut("properties").and_then(|p| p.as_object_mut()) {
            properties.insert(
                "$schema".to_owned(),
                serde_json::json!({ "type": "string", "description": "The address of this schema, for your editor." }),
            );
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::schema;

    #[test]
    fn names_every_part_of_a_pack_and_its_limits() {
        let schema = schema();
        for part in [
            "id",
            "title",
            "licence",
            "sources",
            "people",
            "films",
            "awards",
            "facts",
            "questions",
        ] {
            assert!(schema["properties"][part].is_object(), "{part}");
        }
        let question = &schema["$defs"]["WrittenQuestion"]["properties"];
        assert_eq!(question["prompt"]["maxLength"], 300);
        assert_eq!(question["distractors"]["minItems"], 3);
        assert_eq!(schema["additionalProperties"], false);
    }
}
