//! Sections of a page: what stands between two marks belongs to the command that wrote it, all else does not.

/// The page with a section replaced, or put at the end when it is not there yet.
pub fn put(page: &str, name: &str, text: &str) -> String {
    let section = format!("{}\n{}\n{}\n", opening(name), text.trim_end(), closing(name));
    match find(page, name) {
        Some((start, end)) => format!("{}{section}{}", &page[..start], &page[end..]),
        None if page.trim().is_empty() => section,
        None => format!("{}\n\n{section}", page.trim_end()),
    }
}

/// A page that is written anew, with the sections that the old one had at its end.
pub fn carried_over(old: &str, new: String) -> String {
    names(old).into_iter().fold(new, |page, name| match find(old, name) {
        Some((start, end)) => {
            let text = &old[start + opening(name).len()..end];
            put(&page, name, text.trim().trim_end_matches(&closing(name)).trim())
        }
        None => page,
    })
}

const OPENING: &str = "<!-- section ";

fn opening(name: &str) -> String {
    format!("{OPENING}{name} -->")
}

fn closing(name: &str) -> String {
    format!("<!-- end of {name} -->")
}

/// The names of all sections, in their order.
fn names(page: &str) -> Vec<&str> {
    page.lines().filter_map(|line| line.strip_prefix(OPENING)?.strip_suffix(" -->")).collect()
}

/// Where a section starts and ends, its marks and its last line break included.
fn find(page: &str, name: &str) -> Option<(usize, usize)> {
    let start = page.find(&opening(name))?;
    let closing = closing(name);
    let end = start + page[start..].find(&closing)? + closing.len();
    Some((start, end + usize::from(page[end..].starts_with('\n'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_where_it_stands() {
        let page = put("# Page\n", "one", "first\n");
        assert_eq!(page, "# Page\n\n<!-- section one -->\nfirst\n<!-- end of one -->\n");
        let page = put(&format!("{page}\ntail\n"), "one", "second");
        assert_eq!(page, "# Page\n\n<!-- section one -->\nsecond\n<!-- end of one -->\n\ntail\n");
        assert_eq!(put(&page, "one", "second"), page, "again changes nothing");
    }

    #[test]
    fn sections_outlive_a_page_that_is_written_anew() {
        let old = put(&put("# Old\n", "one", "1"), "two", "2");
        let page = carried_over(&old, "# New\n".to_owned());
        assert_eq!(page, put(&put("# New\n", "one", "1"), "two", "2"));
        assert_eq!(carried_over("# Old\n", "# New\n".to_owned()), "# New\n");
    }
}
