//! Roles as a bot creates and edits them.

use serde_json::Value;

use super::form::{Fields, FormErrors};
use crate::{error::ApiError, permissions};

/// The fields to set. `None` means that the field was not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleChange {
    /// 1 to 100 characters.
    pub name: Option<String>,
    /// The permission bits.
    pub permissions: Option<u64>,
    /// As 0xRRGGBB; 0 for none.
    pub color: Option<u32>,
    /// Whether its members are listed separately.
    pub hoist: Option<bool>,
    /// Whether anyone may ping it.
    pub mentionable: Option<bool>,
}

/// Reads a new role, or a change of one.
///
/// # Errors
/// Code 50035 with every fault.
pub fn read(body: &Value) -> Result<RoleChange, ApiError> {
    let mut errors = FormErrors::default();
    let change = Fields::of(body, "", &mut errors).map(|fields| {
        let mut flag = |name: &str| {
            fields
                .get(name)
                .is_some()
                .then(|| fields.boolean(name, &mut errors))
        };
        let (hoist, mentionable) = (flag("hoist"), flag("mentionable"));
        let color = fields.int("color", 0, 0xFF_FF_FF, &mut errors);
        RoleChange {
            name: fields.text("name", 1, 100, &mut errors).map(str::to_owned),
            permissions: read_bits(&fields, &mut errors),
            color: color.and_then(|color| u32::try_from(color).ok()),
            hoist,
            mentionable,
        }
    });
    errors.finish()?;
    Ok(change.unwrap_or_default())
}

fn read_bits(fields: &Fields<'_>, errors: &mut FormErrors) -> Option<u64> {
    let value = fields.get("permissions")?;
    let bits = match value {
        Value::String(text) => text.parse::<u64>().ok(),
        other => other.as_u64(),
    };
    let bits = bits.filter(|bits| bits & !permissions::ALL == 0);
    if bits.is_none() {
        errors.add(
            &fields.path("permissions"),
            "BITFIELD_TYPE_CONVERT",
            format!("Value {value} is not a set of permissions."),
        );
    }
    bits
}
