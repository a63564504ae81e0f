# A button.
share-button = Share
share-shares-this = { $who } shares this:
share-not-here = This server keeps my answers private, because it has not added me. You can share them elsewhere.
