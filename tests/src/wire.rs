//! The GitHub client against servers of our own, on real sockets.
