//! What is answered where there is nothing, or where no server function is reached.

use app::error::{AppError, What};
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::IntoView;
use leptos::prelude::use_context;
use leptos_axum::{ResponseOptions, render_app_async_with_context};
use server_fn::error::FromServerFnError as _;
use std::pin::Pin;

type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A page that says so for browsers, an error of the closed list for calls.
pub fn fallback<IV: IntoView + 'static>(
    context: impl Fn() + Clone + Send + Sync + 'static,
    document: impl Fn() -> IV + Clone + Send + Sync + 'static,
) -> impl Fn(Request) -> Answer + Clone + Send + Sync + 'static {
    let context = move || {
        context();
        if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(StatusCode::NOT_FOUND);
        }
    };
    let page = render_app_async_with_context(context, document);
    move |request: Request| -> Answer {
        let is_page = matches!(*request.method(), Method::GET | Method::HEAD);
        if is_page && !request.uri().path().starts_with("/api/") && wants_html(request.headers()) {
            return page(request);
        }
        Box::pin(async { answer(&AppError::not_found(What::Page)) })
    }
}

/// An error of the closed list, as server functions answer it.
pub fn answer(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], Body::from(error.ser())).into_response()
}

/// Whether a person looks at the answer. A program that asks for a file that is not there gets no page for it.
pub fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}
