//! Filters from the wire as Muster's own.

use identity::{
    attribute::{Description, DescriptionError},
    filter::{Assertion, Filter},
};
use ldap3_proto::proto::{LdapFilter, LdapMatchingRuleAssertion, LdapSubstringFilter};

/// The filter. Its depth is bounded: the wire's decoder ends at 128.
pub(super) fn filter(wire: LdapFilter) -> Result<Filter, DescriptionError> {
    let all = |filters: Vec<LdapFilter>| filters.into_iter().map(filter).collect::<Result<Vec<_>, _>>();
    Ok(match wire {
        LdapFilter::And(filters) => Filter::And(all(filters)?),
        LdapFilter::Or(filters) => Filter::Or(all(filters)?),
        LdapFilter::Not(inner) => Filter::Not(Box::new(filter(*inner)?)),
        LdapFilter::Equality(attribute, value) => Filter::Equality(assertion(&attribute, value)?),
        LdapFilter::GreaterOrEqual(attribute, value) => Filter::GreaterOrEqual(assertion(&attribute, value)?),
        LdapFilter::LessOrEqual(attribute, value) => Filter::LessOrEqual(assertion(&attribute, value)?),
        LdapFilter::Approx(attribute, value) => Filter::Approx(assertion(&attribute, value)?),
        LdapFilter::Present(attribute) => Filter::Present(Description::parse(&attribute)?),
        LdapFilter::Substring(attribute, LdapSubstringFilter { initial, any, final_ }) => Filter::substrings(
            Description::parse(&attribute)?,
            initial.map(String::into_bytes),
            any.into_iter().map(String::into_bytes).collect(),
            final_.map(String::into_bytes),
        ),
        LdapFilter::Extensible(LdapMatchingRuleAssertion { matching_rule, type_, match_value, dn_attributes }) => {
            let parse = |text: Option<String>| text.map(|text| Description::parse(&text)).transpose();
            let value = match_value.into_bytes();
            // Neither attribute nor rule: there is nothing that it could match.
            Filter::extensible(parse(type_)?, parse(matching_rule)?, dn_attributes, value).unwrap_or(Filter::Or(vec![]))
        }
    })
}

fn assertion(attribute: &str, value: String) -> Result<Assertion, DescriptionError> {
    Ok(Assertion { attribute: Description::parse(attribute)?, value: value.into_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_means_the_same_on_both_sides() {
        for text in [
            "(&(cn=a)(|(sn=b*c*d)(uid=*))(!(x>=1)))",
            "(|(x<=1)(x~=y)(cn=*z*))",
            "(cn:dn:caseExactMatch:=a)",
            "(:dn:2.4.6.8.10:=Dino)",
        ] {
            let wire = ldap3_proto::parse_ldap_filter_str(text).expect(text);
            assert_eq!(filter(wire).expect(text).to_string(), text);
        }
    }

    #[test]
    fn an_illegal_attribute_is_refused() {
        assert!(filter(LdapFilter::Present("a)(b".to_owned())).is_err());
    }
}
