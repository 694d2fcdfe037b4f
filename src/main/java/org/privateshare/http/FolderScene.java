package org.privateshare.http;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.privateshare.access.Grant;
import org.privateshare.model.Fingerprint;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;
import org.privateshare.share.Share;

/// What the page of a folder depends on besides its rows.
///
/// @param folder what is shown
/// @param by who looks
/// @param rights what the key may do in the folder
/// @param free how many bytes may still come
/// @param fingerprint what the server is known by
/// @param links how to write URLs
record FolderScene(
    SharePath folder,
    Grant by,
    Set<Right> rights,
    long free,
    Fingerprint fingerprint,
    PageLinks links) {
  private static final Set<Right> READING = Set.of(Right.LIST, Right.GET);

  /// What the caller of a folder gets to see.
  static FolderScene of(Call call, Share share, Fingerprint fingerprint)
      throws Problem, IOException {
    boolean isReadOnly = share.limits().readOnly();
    Set<Right> rights =
        Arrays.stream(Right.values())
            .filter(right -> !isReadOnly || READING.contains(right))
            .filter(right -> mayInside(call, right))
            .collect(Collectors.toUnmodifiableSet());
    return new FolderScene(
        call.path(), call.grant(), rights, share.freeBytes(), fingerprint, PageLinks.of(call));
  }

  /// A key permits for one name in a folder what it permits for all below.
  private static boolean mayInside(Call call, Right right) {
    try {
      return call.grant().permits(right, call.path().child(UnpackArchive.ANY_NAME));
    } catch (Refusal.BadName tooDeep) {
      return false;
    }
  }

  /// The folder above which the key sees nothing.
  SharePath reach() {
    return by.capability().terms().scope().path();
  }

  boolean may(Right right) {
    return rights.contains(right);
  }

  /// Whether a link has opened the page, so that it can't ask for more than its URLs can.
  boolean isByLink() {
    return links.key().isPresent();
  }

  /// The words for what the key may do.
  String rightWords() {
    return rights.stream().sorted().map(Right::toString).collect(Collectors.joining(" "));
  }

  /// What a folder is called.
  static String titleOf(SharePath folder) {
    return folder.isRoot() ? "All files" : folder.name();
  }

  /// The path of a folder in URLs.
  static String urlOf(SharePath folder) {
    return folder.isRoot() ? "/" : Target.url(folder) + "/";
  }
}
