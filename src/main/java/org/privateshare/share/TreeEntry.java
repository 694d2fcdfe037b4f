package org.privateshare.share;

import org.privateshare.model.Entry;
import org.privateshare.model.SharePath;

/// One of all that is below a folder.
///
/// @param path its whole path in the share
/// @param entry what it is
public record TreeEntry(SharePath path, Entry entry) {}
