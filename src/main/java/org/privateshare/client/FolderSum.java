package org.privateshare.client;

/// What has become of the files of a folder.
///
/// @param files that have moved, or would
/// @param bytes that they have
/// @param folders that were made
/// @param unchanged files that were there
/// @param skipped files whose names others have, which stay
/// @param failed files and folders that are not there
/// @param leftOut what is neither file nor folder
public record FolderSum(
    long files,
    long bytes,
    long folders,
    long unchanged,
    long skipped,
    long failed,
    long leftOut) {}
