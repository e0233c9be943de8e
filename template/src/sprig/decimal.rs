//! Decimal numbers of any size, as shopspring/decimal computes with them.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use crate::go::float::{Form, format};

/// `value` times ten to the power of `exponent`.
pub(super) struct Decimal {
    value: BigInt,
    exponent: i32,
}

/// Digits after the point of a quotient that does not end.
const DIVISION_PRECISION: i32 = 16;

impl Decimal {
    /// The shortest decimal that reads back as the float. None for what is no number.
    pub(super) fn from_float(float: f64) -> Option<Self> {
        if !float.is_finite() {
            return None;
        }
        if float == 0.0 {
            return Some(Self { value: BigInt::ZERO, exponent: 0 });
        }
        let text = String::from_utf8(format(float, Form::Exponent, None, false)).ok()?;
        let (mantissa, exponent) = text.split_once('e')?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let value = format!("{whole}{fraction}").parse().ok()?;
        let exponent = exponent.parse::<i32>().ok()? - i32::try_from(fraction.len()).ok()?;
        Some(Self { value, exponent })
    }

    /// Bytes that the number takes.
    pub(super) fn size(&self) -> usize {
        usize::try_from(self.value.bits() / 8).unwrap_or(usize::MAX)
            + usize::try_from(self.exponent.unsigned_abs()).unwrap_or(0) / 2
    }

    /// Both with the smaller exponent.
    fn aligned(&self, other: &Self) -> (BigInt, BigInt, i32) {
        let exponent = self.exponent.min(other.exponent);
        let scaled = |decimal: &Self| &decimal.value * power_of_ten(decimal.exponent.abs_diff(exponent));
        (scaled(self), scaled(other), exponent)
    }

    #[expect(clippy::unnecessary_wraps, reason = "an operation among others, which can fail")]
    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        let (left, right, exponent) = self.aligned(other);
        Some(Self { value: left + right, exponent })
    }

    #[expect(clippy::unnecessary_wraps, reason = "an operation among others, which can fail")]
    pub(super) fn minus(&self, other: &Self) -> Option<Self> {
        let (left, right, exponent) = self.aligned(other);
        Some(Self { value: left - right, exponent })
    }

    pub(super) fn times(&self, other: &Self) -> Option<Self> {
        Some(Self { value: &self.value * &other.value, exponent: self.exponent.checked_add(other.exponent)? })
    }

    /// Rounded to 16 digits after the point, halves away from zero. None for a division by zero.
    pub(super) fn divided_by(&self, other: &Self) -> Option<Self> {
        if other.value.is_zero() {
            return None;
        }
        let shift = self.exponent - other.exponent + DIVISION_PRECISION;
        let (left, right) = if shift < 0 {
            (self.value.clone(), &other.value * power_of_ten(shift.unsigned_abs()))
        } else {
            (&self.value * power_of_ten(shift.unsigned_abs()), other.value.clone())
        };
        let (mut quotient, rest) = (&left / &right, &left % &right);
        if rest.abs() * 2_u32 >= right.abs() {
            quotient += if left.is_negative() == right.is_negative() { 1 } else { -1 };
        }
        Some(Self { value: quotient, exponent: -DIVISION_PRECISION })
    }

    /// The nearest float.
    pub(super) fn to_float(&self) -> f64 {
        format!("{}e{}", self.value, self.exponent).parse().unwrap_or(f64::NAN)
    }
}

fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10).pow(exponent)
}
