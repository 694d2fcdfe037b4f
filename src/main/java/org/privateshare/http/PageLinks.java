package org.privateshare.http;

import java.util.Optional;

/// The URLs on a page. Those of one that a link has opened carry the link's key on.
///
/// @param key of the link
record PageLinks(Optional<String> key) {
  /// Those of the page that is asked for.
  static PageLinks of(Call call) throws Problem {
    return new PageLinks(
        call.query().value(KeyReader.PARAMETER).filter(_ -> call.grant().mayTravelInQuery()));
  }

  /// To a place on this server.
  String to(String path) {
    return key.isPresent() ? path + "?" + parameter() : path;
  }

  /// To the same place with other parameters.
  String query(String parameters) {
    return "?" + parameters + (key.isPresent() ? "&" + parameter() : "");
  }

  private String parameter() {
    return KeyReader.PARAMETER + "=" + PathWriter.encodeParameter(key.orElse(""));
  }
}
