//! Sign-in, sign-out, and who is signed in.
