package org.privateshare.cli;

/// What is asked of a share, in words.
enum Request {
  PUT("put", "put", "to"),
  GET("get", "got", "from"),
  LIST("list", "listed", "on");

  private final String word;
  private final String past;
  private final String preposition;

  Request(String word, String past, String preposition) {
    this.word = word;
    this.past = past;
    this.preposition = preposition;
  }

  /// As on the command line.
  String word() {
    return word;
  }

  /// As in a message of success.
  String past() {
    return past;
  }

  /// What stands between the file and the share.
  String preposition() {
    return preposition;
  }
}
