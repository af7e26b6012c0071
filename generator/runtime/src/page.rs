//! Lists that span pages.

use std::{
    collections::HashSet,
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    vec,
};

use bytes::Bytes;
use futures_core::Stream;
use url::{Origin, Url};

use crate::{
    BoxFuture, Error, ErrorKind, FromJson,
    execute::{Prepared, Read, execute},
    link,
    response::{self, Head},
    uri,
};

/// The items of all pages of a list, in order: a [`Stream`] that asks for a page when the one before is used
/// up.
///
/// It ends after the first error.
#[must_use = "nothing is asked for until the items are taken"]
pub struct Items<T> {
    page: vec::IntoIter<T>,
    next: Next,
}

enum Next {
    Arriving(BoxFuture<Result<Page, Error>>),
    /// Where to go on when the page is used up.
    Known(Result<Box<Cursor>, Error>),
    End,
}

/// A page as it arrived.
struct Page {
    head: Arc<Head>,
    body: Bytes,
    next: Option<Result<Box<Cursor>, Error>>,
}

/// The request for a page, and the way that led to it.
struct Cursor {
    request: Prepared,
    origin: Origin,
    visited: HashSet<Url>,
}

impl<T: FromJson> Items<T> {
    pub(crate) fn new(request: Result<Prepared, Error>) -> Self {
        let start = |request: Prepared| {
            Box::new(Cursor { origin: request.target.url.origin(), visited: HashSet::new(), request })
        };
        Self { page: Vec::new().into_iter(), next: Next::Known(request.map(start)) }
    }

    /// The next item, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// All items.
    ///
    /// # Errors
    /// The first error of any page.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match std::mem::replace(&mut self.next, Next::End) {
                Next::End => return Poll::Ready(None),
                Next::Known(Err(error)) => return Poll::Ready(Some(Err(error))),
                Next::Known(Ok(cursor)) => self.next = Next::Arriving(cursor.fetch()),
                Next::Arriving(mut page) => match page.as_mut().poll(cx) {
                    Poll::Pending => {
                        self.next = Next::Arriving(page);
                        return Poll::Pending;
                    }
                    Poll::Ready(page) => match page.and_then(|page| self.turn(page)) {
                        Ok(()) => {}
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    },
                },
            }
        }
    }

    fn turn(&mut self, page: Page) -> Result<(), Error> {
        let items: Vec<T> = response::json(&page.head, &page.body)?;
        self.page = items.into_iter();
        self.next = page.next.map_or(Next::End, Next::Known);
        Ok(())
    }
}

impl Cursor {
    fn fetch(mut self: Box<Self>) -> BoxFuture<Result<Page, Error>> {
        Box::pin(async move {
            self.visited.insert(self.request.target.url.clone());
            let (head, body) = execute(&mut self.request, Read::Whole).await?.collect().await?;
            let next = link::target(&head.headers, "next")
                .map(|target| self.follow(&target).map_err(|e| e.with_head(&head)));
            Ok(Page { head, body, next })
        })
    }

    /// Goes to the next page, whatever shape its URL has, if it is on the same server and a new one.
    fn follow(mut self: Box<Self>, target: &str) -> Result<Box<Self>, Error> {
        let refuse = |text: String| Error::new(ErrorKind::Pagination, text);
        let mut url = self
            .request
            .target
            .url
            .join(target)
            .map_err(|error| refuse(format!("the next page: {error}")))?;
        uri::check(&url).map_err(|error| refuse(format!("the next page: {error}")))?;
        url.set_fragment(None);
        let place = uri::shown(&url);
        if url.origin() != self.origin {
            return Err(refuse(format!("the next page is on another server: {place}")));
        }
        self.visited.insert(self.request.target.url.clone());
        if self.visited.contains(&url) {
            return Err(refuse(format!("the next page is one that was read before: {place}")));
        }
        self.request.target.url = url;
        Ok(self)
    }
}

impl<T: FromJson> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

// No item is ever pinned.
impl<T> Unpin for Items<T> {}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("ready", &self.page.len()).finish_non_exhaustive()
    }
}
