# Why a JSON text cannot be read, each with how to fix it.

json-at = line { $line }, column { $column }: { $says }
json-trailing-comma = there is a comma before a closing bracket; remove the comma
json-no-name = a field's name must begin here, in quotation marks; write names as "name", and no comma after the last field
json-no-value = a value is missing here, or is not valid JSON; put texts in double quotation marks, and remove comments and commas without a value
json-bare-word = this word is not a JSON value; put it in double quotation marks
json-no-colon = a colon is missing after a field's name; write "name": value
json-no-comma = a comma or a closing bracket is missing before this; put a comma between two entries; inside a text write \" for a quotation mark
json-ends-in-text = the file ends inside a text; close its quotation mark
json-ends-in-list = the file ends inside a list; close it with ]
json-ends-in-object = the file ends inside an object; close it with {"}"}
json-ends-early = the file ends where a value is missing; save the whole file again
json-goes-on = there is something after the end of the document; keep one document per file and remove the rest
json-bad-escape = a backslash is followed by a letter that it cannot escape; write \\ for a backslash
json-bad-number = this is not a number; put it in quotation marks
json-half-character = a character written as \u is not whole; write the character itself
json-too-deep = brackets are nested too deeply; remove some
json-break-in-text = there is a line break or tab inside a text; close the text's quotation mark, or write \n for a line break
json-missing-field = the field "{ $field }" is missing; add "{ $field }"
# `near` is the field that was probably meant.
json-unknown-field-near = no field is called "{ $field }" here; write "{ $near }"
json-unknown-field = no field is called "{ $field }" here; the fields are { $known }
json-unknown-word-near = "{ $word }" is not one of the words allowed here; write "{ $near }"
json-unknown-word = "{ $word }" is not one of the words allowed here; write one of { $known }
json-field-twice = the field "{ $field }" appears here twice; keep one of them
# `says` is the reader's own message, in English.
json-other = { $says }; correct this entry

# What was found, for the texts below it.
json-found-text = the text { $text }
json-found-number = the number { $number }
json-found-word = the word { $word }
json-found-object = an object
json-found-list = a list
json-not-text = found { $found } instead of a text; put it in quotation marks
json-not-list = found { $found } instead of a list; write [ … ]
json-not-object = found { $found } instead of an object; write {"{"} … {"}"}
json-not-whole = found { $found } instead of a whole number; write a whole number
json-not-whole-to = found { $found } instead of a whole number from 0 to { $max }; write a whole number from 0 to { $max }
json-not-whole-up = found { $found } instead of a whole number from 0 up; write a whole number from 0 up
# `wanted` is the reader's own word, in English.
json-not-other = found { $found } instead of { $wanted }; write { $wanted }
