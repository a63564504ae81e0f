//! Discord's rules for what may be sent, as pure functions from JSON to a checked draft. Nothing
//! here reads a clock or the world. All faults of a form are collected under their paths, with
//! Discord's codes, before it is refused.
//!
//! Nothing here reads a clock or the world. Every fault of a form is collected before it is
//! refused, under the path of the field, with the codes that Discord uses.

pub mod command;
pub mod component;
pub mod embed;
pub mod event;
pub mod form;
pub mod message;
pub mod modal;
mod names;
pub mod option;
pub mod role;
pub mod thread;
