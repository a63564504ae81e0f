//! Roles as a bot creates and edits them.

use serde_json::Value;

use super::form::{Fields, FormErrors};
use crate::{error::ApiError, permissions::Permissions};

/// The fields to set. `None` means that the field was not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleChange {
    /// 1 to 100 characters.
    pub name: Option<String>,
    /// The permission bits.
    pub permissions: Option<Permissions>,
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
            permissions: fields.permissions("permissions", &mut errors),
            color: color.and_then(|color| u32::try_from(color).ok()),
            hoist,
            mentionable,
        }
    });
    errors.finish()?;
    Ok(change.unwrap_or_default())
}
